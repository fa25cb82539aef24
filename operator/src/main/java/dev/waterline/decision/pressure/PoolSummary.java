package dev.waterline.decision.pressure;

import dev.waterline.decision.reading.Reading;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a step must know of the pool as a whole, and not of single nodes. Whoever splits a pool into shards hands every shard
 * the same summary.
 *
 * @param silentSince by signal name, since when its source has not answered, and why; absent: it answers
 * @param absentNodes by signal name, how many nodes its last answer did not mention
 * @param nodes how many nodes the pool has
 * @param frozenNodes by tier name, on how many of them it is frozen
 * @param starvedSince by tier name, since when it has been frozen on every node, if that is longer than the policy allows
 * @param suspension where nothing may be evicted
 * @param meter what has thawed lately
 */
public record PoolSummary(
        Map<String, Silence> silentSince,
        Map<String, Integer> absentNodes,
        int nodes,
        Map<String, Integer> frozenNodes,
        Map<String, Instant> starvedSince,
        Suspension suspension,
        ThawMeter meter) {

    /** A source that does not answer. */
    public record Silence(Instant since, Reading.Unavailable reason) {}

    /**
     * So many nodes are frozen that evicting from them would only move the trouble about.
     *
     * @param pool everywhere
     * @param zones in these
     */
    public record Suspension(boolean pool, Set<String> zones) {
        static final Suspension NONE = new Suspension(false, Set.of());

        public Suspension {
            zones = Set.copyOf(zones);
        }
    }

    public PoolSummary {
        silentSince = Map.copyOf(silentSince);
        absentNodes = Map.copyOf(absentNodes);
        frozenNodes = Map.copyOf(frozenNodes);
        starvedSince = Map.copyOf(starvedSince);
    }

    public static PoolSummary empty() {
        return new PoolSummary(Map.of(), Map.of(), 0, Map.of(), Map.of(), Suspension.NONE, ThawMeter.full());
    }

    /** @param zone of the node to evict from; empty: in none */
    public boolean isEvictionSuspended(String zone) {
        return suspension.pool() || suspension.zones().contains(zone);
    }

    Optional<Silence> silence(String signal) {
        return Optional.ofNullable(silentSince.get(signal));
    }
}
