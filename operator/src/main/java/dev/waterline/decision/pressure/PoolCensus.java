package dev.waterline.decision.pressure;

import dev.waterline.decision.pressure.PoolSummary.Suspension;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Counts a pool node by node as a step goes through it. */
final class PoolCensus {
    private static final class Count {
        private int nodes;
        private int frozen;

        /** A pool or zone without a frozen node is not suspended, whatever the share. */
        private boolean reaches(double share) {
            return frozen > 0 && frozen >= share * nodes;
        }
    }

    private final Layout layout;
    private final Count pool = new Count();
    private final Map<String, Count> zones = new HashMap<>();
    private final int[] frozen;

    PoolCensus(Layout layout) {
        this.layout = layout;
        this.frozen = new int[layout.tiers().size()];
    }

    void count(PoolNode node, NodeState state) {
        pool.nodes++;
        zone(node).nodes++;
        if (state.isFrozen()) {
            count(node, state, 1);
        }
    }

    /** A node that was counted as frozen has thawed, for some tiers or for all. */
    void recount(PoolNode node, NodeState frozen, NodeState now) {
        count(node, frozen, -1);
        if (now.isFrozen()) {
            count(node, now, 1);
        }
    }

    private void count(PoolNode node, NodeState state, int by) {
        pool.frozen += by;
        zone(node).frozen += by;
        for (int tier = 0; tier < frozen.length; tier++) {
            frozen[tier] += state.frozen(tier) == null ? 0 : by;
        }
    }

    /** Nodes of which nobody says where they stand make no zone. */
    private Count zone(PoolNode node) {
        return node.zone().isEmpty() ? new Count() : zones.computeIfAbsent(node.zone(), _ -> new Count());
    }

    int nodes() {
        return pool.nodes;
    }

    int frozenNodes() {
        return pool.frozen;
    }

    Map<String, Integer> frozenByTier() {
        var byTier = new HashMap<String, Integer>();
        for (int tier = 0; tier < frozen.length; tier++) {
            if (frozen[tier] > 0) {
                byTier.put(layout.tiers().get(tier), frozen[tier]);
            }
        }
        return byTier;
    }

    /**
     * A tier with a waterline that is frozen on every node has been so since the last of them froze; that stands on the nodes,
     * so a restart does not forget it.
     *
     * @param states of all nodes counted
     */
    Map<String, Instant> starvedSince(
            List<Rule[]> rules, Collection<NodeState> states, Duration maxFrozen, Instant now) {
        var starved = new HashMap<String, Instant>();
        for (int tier = 0; tier < frozen.length; tier++) {
            if (pool.nodes > 0 && frozen[tier] == pool.nodes && rules.get(tier).length > 0) {
                var since = newestFreeze(layout.tiers().get(tier), states);
                if (Duration.between(since, now).compareTo(maxFrozen) >= 0) {
                    starved.put(layout.tiers().get(tier), since);
                }
            }
        }
        return starved;
    }

    private static Instant newestFreeze(String tier, Collection<NodeState> states) {
        return states.stream()
                .map(state -> state.frozen().get(tier))
                .filter(Objects::nonNull)
                .map(FrozenTier::since)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    Suspension suspension(PoolLimits limits) {
        var suspended = new HashSet<String>();
        zones.forEach((zone, count) -> {
            if (count.reaches(limits.suspendZoneShare())) {
                suspended.add(zone);
            }
        });
        return new Suspension(pool.reaches(limits.suspendPoolShare()), suspended);
    }
}
