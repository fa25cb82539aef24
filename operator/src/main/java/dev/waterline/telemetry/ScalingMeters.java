package dev.waterline.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Set;

/** What ScaledWorkloads want and have. All series of a workload go with {@link #forget}. */
public final class ScalingMeters {
    private record Workload(String namespace, String name) {
        Tags tags() {
            return Tags.of("workload_namespace", namespace, "workload", name);
        }
    }

    private final GaugeSet<Workload> desired;
    private final GaugeSet<Workload> current;
    private final GaugeSet<Workload> minimum;
    private final GaugeSet<Workload> maximum;
    private final GaugeSet<Workload> unbounded;
    private final GaugeSet<Workload> metricValue;
    private final GaugeSet<Workload> metricTarget;
    private final GaugeSet<Workload> fallback;
    private final GaugeSet<Workload> paused;
    private final GaugeSet<Workload> limited;
    private final CounterSet<Workload> decisions;

    public ScalingMeters(MeterRegistry registry) {
        desired = new GaugeSet<>(registry, "waterline.workload.desired.replicas", "Replicas decided last.", null);
        current = new GaugeSet<>(registry, "waterline.workload.current.replicas", "Replicas the target has.", null);
        minimum = new GaugeSet<>(registry, "waterline.workload.min.replicas", "Fewest replicas allowed.", null);
        maximum = new GaugeSet<>(registry, "waterline.workload.max.replicas", "Most replicas allowed.", null);
        unbounded = new GaugeSet<>(
                registry,
                "waterline.workload.unbounded.replicas",
                "Replicas that the triggers ask for, before minimum and maximum.",
                null);
        metricValue = new GaugeSet<>(
                registry, "waterline.workload.metric.value", "What a trigger's query yielded last.", null);
        metricTarget = new GaugeSet<>(registry, "waterline.workload.metric.target", "What a trigger aims at.", null);
        fallback = new GaugeSet<>(registry, "waterline.workload.fallback", "1 while a fallback counts.", null);
        paused = new GaugeSet<>(registry, "waterline.workload.paused", "1 while it is paused.", null);
        limited = new GaugeSet<>(
                registry,
                "waterline.workload.limited",
                "1 while the limit keeps the count from what is asked for.",
                null);
        decisions =
                new CounterSet<>(registry, "waterline.workload.decisions", "Scaling decisions by outcome and reason.");
    }

    /** Bounds and present replicas of a workload, each at least 0. */
    public void observed(String namespace, String name, int replicas, int min, int max) {
        Workload workload = new Workload(namespace, name);
        current.set(workload, workload.tags(), replicas);
        minimum.set(workload, workload.tags(), min);
        maximum.set(workload, workload.tags(), max);
    }

    /**
     * One decision.
     *
     * @param replicas what was decided, at least 0
     * @param unboundedReplicas what the triggers asked for, before minimum and maximum; NaN while unknown
     * @param outcome such as {@code scaled}, {@code unchanged} or {@code held}; a closed set
     * @param reason an enum's name; a closed set
     */
    public void decided(
            String namespace, String name, int replicas, double unboundedReplicas, String outcome, String reason) {
        Workload workload = new Workload(namespace, name);
        desired.set(workload, workload.tags(), replicas);
        if (Double.isFinite(unboundedReplicas)) {
            unbounded.set(workload, workload.tags(), unboundedReplicas);
        } else {
            unbounded.clear(workload, workload.tags());
        }
        decisions.increment(workload, workload.tags().and("outcome", outcome, "reason", reason));
    }

    /**
     * What keeps the count from following the triggers.
     *
     * @param limits names of the limits that bite; of a closed set
     */
    public void restrained(
            String namespace, String name, boolean fallbackCounts, boolean isPaused, Set<String> limits) {
        Workload workload = new Workload(namespace, name);
        fallback.set(workload, workload.tags(), fallbackCounts ? 1 : 0);
        paused.set(workload, workload.tags(), isPaused ? 1 : 0);
        limited.forget(workload);
        limits.forEach(limit -> limited.set(workload, workload.tags().and("limit", limit), 1));
    }

    /** What a trigger yielded and aims at. A value that is not finite removes the series: missing is not zero. */
    public void trigger(String namespace, String name, String trigger, double value, double target) {
        Workload workload = new Workload(namespace, name);
        Tags tags = workload.tags().and("trigger", trigger);
        metricTarget.set(workload, tags, target);
        if (Double.isFinite(value)) {
            metricValue.set(workload, tags, value);
        } else {
            metricValue.clear(workload, tags);
        }
    }

    /** The workload is gone. */
    public void forget(String namespace, String name) {
        Workload workload = new Workload(namespace, name);
        List.of(desired, current, minimum, maximum, unbounded, metricValue, metricTarget, fallback, paused, limited)
                .forEach(gauges -> gauges.forget(workload));
        decisions.forget(workload);
    }
}
