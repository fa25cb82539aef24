package dev.waterline.decision.pressure;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * All that is known of one node under one policy.
 *
 * @param series by signal name
 * @param frozen by tier name; absent: not frozen
 */
public record NodeState(Map<String, SignalSeries> series, Map<String, FrozenTier> frozen) {
    private static final NodeState UNKNOWN = new NodeState(Map.of(), Map.of());

    public NodeState {
        series = Map.copyOf(series);
        frozen = Map.copyOf(frozen);
    }

    public static NodeState unknown() {
        return UNKNOWN;
    }

    /**
     * A node that an earlier life of the process left frozen. Without samples nobody knows when it was last hot, so that is
     * taken to be now: a restart may delay a thaw, never cause a flip.
     *
     * @param since by tier name, when it froze
     * @param readings by signal name, the readings written down then
     */
    public static NodeState restored(Map<String, Instant> since, Map<String, Double> readings, Instant now) {
        var frozen = new HashMap<String, FrozenTier>();
        since.forEach((tier, at) -> frozen.put(tier, new FrozenTier(at, now, new Evidence.Restored())));
        var series = new HashMap<String, SignalSeries>();
        readings.forEach((signal, value) -> series.put(signal, SignalSeries.remembered(value, now)));
        return new NodeState(series, frozen);
    }

    public SignalSeries seriesOf(String signal) {
        return series.getOrDefault(signal, SignalSeries.empty());
    }

    /** The last smoothed ratio of each signal that has ever spoken of this node, by signal name. */
    public Map<String, Double> readings() {
        var readings = new HashMap<String, Double>();
        series.forEach((signal, seen) -> {
            if (!seen.isEmpty()) {
                readings.put(signal, seen.last());
            }
        });
        return readings;
    }

    /** The same without what these signals have said. */
    public NodeState forgetting(Set<String> signals) {
        var kept = new HashMap<>(series);
        kept.keySet().removeAll(signals);
        return new NodeState(kept, frozen);
    }
}
