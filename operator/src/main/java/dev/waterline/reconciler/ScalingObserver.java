package dev.waterline.reconciler;

/** Is told what ScaledWorkloads want and have, at every evaluation. */
public interface ScalingObserver {

    /** Bounds and present replicas of a workload, each at least 0. */
    void observed(String namespace, String name, int replicas, int min, int max);

    /**
     * One decision.
     *
     * @param replicas what was decided, at least 0
     * @param unboundedReplicas what the triggers ask for, before any limit; NaN while unknown
     * @param outcome {@code scaled}, {@code unchanged}, {@code held}, {@code dryRun} or {@code failed}
     * @param reason name of a {@link dev.waterline.decision.scaling.ScalingDecision.Reason}
     */
    void decided(String namespace, String name, int replicas, double unboundedReplicas, String outcome, String reason);

    /** What a trigger yielded and aims at; the value is NaN if there is none. */
    void trigger(String namespace, String name, String trigger, double value, double target);

    /** The workload is gone. */
    void forget(String namespace, String name);
}
