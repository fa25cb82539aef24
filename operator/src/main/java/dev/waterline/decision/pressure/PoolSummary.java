package dev.waterline.decision.pressure;

import dev.waterline.decision.reading.Reading;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a step must know of the pool as a whole, and not of single nodes. Whoever splits a pool into shards hands every shard
 * the same summary.
 *
 * @param silentSince by signal name, since when its source has not answered, and why; absent: it answers
 * @param absentNodes by signal name, how many nodes its last answer did not mention
 * @param nodes how many nodes the pool has
 * @param frozenNodes by tier name, on how many of them it is frozen
 */
public record PoolSummary(
        Map<String, Silence> silentSince,
        Map<String, Integer> absentNodes,
        int nodes,
        Map<String, Integer> frozenNodes) {

    /** A source that does not answer. */
    public record Silence(Instant since, Reading.Unavailable reason) {}

    public PoolSummary {
        silentSince = Map.copyOf(silentSince);
        absentNodes = Map.copyOf(absentNodes);
        frozenNodes = Map.copyOf(frozenNodes);
    }

    public static PoolSummary empty() {
        return new PoolSummary(Map.of(), Map.of(), 0, Map.of());
    }

    Optional<Silence> silence(String signal) {
        return Optional.ofNullable(silentSince.get(signal));
    }
}
