package dev.waterline.decision.relief;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The evictions of one tier from one node, one pod at a time until enough is released: the gap between the smoothed ratio and
 * the level to release to, times the node's CPU, less what terminating pods will release.
 *
 * @param capacityMillis the node's CPU
 * @param releasingMillis used by pods that have been told to end
 * @param candidates who may be evicted, in order
 * @param evicted how many this round has evicted
 */
public record EvictionRound(
        EvictAsk ask, long capacityMillis, long releasingMillis, List<Candidate> candidates, int evicted) {

    /** What a round does next. */
    public sealed interface Next {}

    /**
     * Evict this pod.
     *
     * @param gapMillis what is still to be released, before it
     */
    public record Evict(Candidate candidate, long gapMillis) implements Next {}

    /** Nothing, now. */
    public record Stop(Reason reason) implements Next {}

    /** Why nothing is evicted. */
    public enum Reason {
        SUSPENDED,
        /** The node does not carry the tier's floor (yet): whoever is evicted could come straight back. */
        NOT_IN_FORCE,
        SETTLING,
        ENOUGH_RELEASED,
        NODE_BUDGET,
        CLUSTER_BUDGET,
        WORKLOADS_PAUSED,
        NO_CANDIDATE
    }

    public EvictionRound {
        candidates = List.copyOf(candidates);
    }

    /**
     * @param pods all pods of the node
     * @param usage their measured CPU in millicores; a pod whose usage is not known is not evicted
     * @param spared whether a pod is exempt for a reason of the installation's
     */
    public static EvictionRound of(EvictAsk ask, long capacityMillis, List<PodFacts> pods, Usage usage, Spared spared) {
        long releasing = pods.stream()
                .filter(pod -> pod.terminating() && !pod.finished())
                .mapToLong(pod -> usage.millis(pod).orElse(pod.requestMillis()))
                .sum();
        var candidates = new ArrayList<Candidate>();
        for (var pod : pods) {
            if (ask.pods().contains(pod.priority()) && isEvictable(pod) && !spared.test(pod)) {
                pod.owner()
                        .ifPresent(owner -> usage.millis(pod)
                                .filter(millis -> millis > 0)
                                .ifPresent(millis -> candidates.add(new Candidate(pod, owner.uid(), millis))));
            }
        }
        candidates.sort(Candidate.ORDER);
        return new EvictionRound(ask, capacityMillis, releasing, candidates, 0);
    }

    /** Measured CPU of pods. */
    @FunctionalInterface
    public interface Usage {
        /** Millicores; empty if there is no fresh measurement. */
        Optional<Long> millis(PodFacts pod);
    }

    /** Whom the installation exempts. */
    @FunctionalInterface
    public interface Spared {
        boolean test(PodFacts pod);
    }

    private static boolean isEvictable(PodFacts pod) {
        return !pod.mirror()
                && !pod.terminating()
                && !pod.finished()
                && pod.owner()
                        .filter(owner -> !owner.kind().equals("DaemonSet")
                                && !owner.kind().equals("Node"))
                        .isPresent();
    }

    /** @param perClusterPerMinute at most so many evictions in the whole cluster in any minute */
    public Next next(EvictionLedger ledger, int perClusterPerMinute, Instant now) {
        if (ask.suspended()) {
            return new Stop(Reason.SUSPENDED);
        }
        if (evicted == 0 && ledger.isSettling(ask.node(), ask.lag(), now)) {
            return new Stop(Reason.SETTLING);
        }
        if (candidates.isEmpty() && evicted == 0) {
            return new Stop(Reason.NO_CANDIDATE);
        }
        long gap = gapMillis();
        if (gap <= 0) {
            return new Stop(Reason.ENOUGH_RELEASED);
        }
        if (!ledger.nodeAllows(ask.node(), ask.perNodePerMinute(), now)) {
            return new Stop(Reason.NODE_BUDGET);
        }
        if (!ledger.cluster().allows(perClusterPerMinute, now)) {
            return new Stop(Reason.CLUSTER_BUDGET);
        }
        return candidates.stream()
                .filter(candidate -> ledger.workloadAllows(candidate.workload(), now))
                .findFirst()
                .<Next>map(candidate -> new Evict(candidate, gap))
                .orElseGet(() -> new Stop(Reason.WORKLOADS_PAUSED));
    }

    /** The round after this pod was evicted. */
    public EvictionRound evicted(Candidate candidate) {
        return new EvictionRound(
                ask, capacityMillis, releasingMillis + candidate.usageMillis(), without(candidate), evicted + 1);
    }

    /** The round after this pod would not go, or had gone already. */
    public EvictionRound without(PodFacts pod) {
        return new EvictionRound(
                ask,
                capacityMillis,
                releasingMillis,
                candidates.stream().filter(c -> !c.pod().equals(pod)).toList(),
                evicted);
    }

    private List<Candidate> without(Candidate gone) {
        return candidates.stream().filter(candidate -> !candidate.equals(gone)).toList();
    }

    private long gapMillis() {
        return (long) Math.ceil((ask.hot().ratio() - ask.releaseTo()) * capacityMillis) - releasingMillis;
    }
}
