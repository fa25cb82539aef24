package dev.waterline.decision.relief;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was evicted lately: all that the budgets need, of the whole cluster and of all waterlines together.
 *
 * <p>It lives in memory. Whoever begins with an empty one does not know what an earlier life has spent, so it evicts nothing for
 * a minute, by when every budget would be full again. A restart may delay an eviction, never cause one.
 *
 * @param begunAt when it was empty
 * @param nodes by node name
 * @param cluster all of them
 * @param workloads by UID of the controller
 */
public record EvictionLedger(
        Instant begunAt, Map<String, NodeEntry> nodes, MinuteBudget cluster, Map<String, WorkloadPause> workloads) {

    /**
     * @param spent on this node
     * @param last when the last pod was evicted there
     */
    public record NodeEntry(MinuteBudget spent, Instant last) {}

    public EvictionLedger {
        nodes = Map.copyOf(nodes);
        workloads = Map.copyOf(workloads);
    }

    public static EvictionLedger begun(Instant now) {
        return new EvictionLedger(now, Map.of(), MinuteBudget.full(), Map.of());
    }

    /** A pod was evicted. */
    public EvictionLedger evicted(String node, String workload, Instant now) {
        var kept = livingNodes(now);
        var before = nodes.get(node);
        kept.put(node, new NodeEntry((before == null ? MinuteBudget.full() : before.spent()).spend(now), now));
        return new EvictionLedger(begunAt, kept, cluster.spend(now), paused(workload, now));
    }

    /** A pod would not go, for a PodDisruptionBudget or another reason that the API server gave. */
    public EvictionLedger refused(String workload, Instant now) {
        return new EvictionLedger(begunAt, livingNodes(now), cluster, paused(workload, now));
    }

    /** Whether what was evicted on the node, by this life or the one before, may not yet show in its signal. */
    public boolean isSettling(String node, Duration lag, Instant now) {
        if (now.isBefore(begunAt.plus(MinuteBudget.MINUTE))) {
            return true;
        }
        return Optional.ofNullable(nodes.get(node))
                .filter(entry -> now.isBefore(entry.last().plus(lag)))
                .isPresent();
    }

    boolean nodeAllows(String node, int perMinute, Instant now) {
        return Optional.ofNullable(nodes.get(node))
                .map(entry -> entry.spent().allows(perMinute, now))
                .orElse(perMinute > 0);
    }

    boolean workloadAllows(String workload, Instant now) {
        return Optional.ofNullable(workloads.get(workload))
                .map(pause -> pause.isOver(now))
                .orElse(true);
    }

    private Map<String, WorkloadPause> paused(String workload, Instant now) {
        var pauses = new HashMap<>(workloads);
        pauses.values().removeIf(pause -> pause.isForgiven(now));
        var before = pauses.get(workload);
        pauses.put(workload, before == null ? WorkloadPause.first(now) : before.again(now));
        return pauses;
    }

    /** A signal's lag is an hour at most, and no budget looks back further. */
    private Map<String, NodeEntry> livingNodes(Instant now) {
        var living = new HashMap<>(nodes);
        living.values().removeIf(entry -> entry.last().isBefore(now.minus(Duration.ofHours(1))));
        return living;
    }
}
