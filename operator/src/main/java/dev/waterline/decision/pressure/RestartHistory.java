package dev.waterline.decision.pressure;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds after a restart what the process knew before it: averages and dwells from the samples of one range query, and from
 * them when a frozen tier was last hot. What is frozen stays frozen since when it was; nothing is decided here.
 *
 * <p>Where the samples do not reach, a restored state is left as it is, with the node last hot at the restart: a restart may
 * delay a thaw and never hastens one. A tier was last hot no later than its last hot sample, or than the beginning of the
 * stretch without a gap: what happened before that nobody knows.
 */
public final class RestartHistory {
    private final PressurePolicy policy;
    private final Map<String, Map<String, List<Sample>>> samples;

    private RestartHistory(PressurePolicy policy, Map<String, Map<String, List<Sample>>> samples) {
        this.policy = policy;
        this.samples = samples;
    }

    /** @param ratio finite and not negative */
    public record Sample(Instant at, double ratio) {}

    /** @param panickedAt epoch milliseconds of the last of two that made a panic; {@link Long#MIN_VALUE}: never */
    private record Rebuilt(SignalSeries series, long panickedAt) {
        static final Rebuilt NOTHING = new Rebuilt(SignalSeries.empty(), Long.MIN_VALUE);
    }

    /**
     * @param states as restored, by node name
     * @param samples by signal name and node name, oldest first
     * @return the states of all nodes that are restored or have samples
     */
    public static Map<String, NodeState> rebuild(
            PressurePolicy policy, Map<String, NodeState> states, Map<String, Map<String, List<Sample>>> samples) {
        var history = new RestartHistory(policy, samples);
        var rebuilt = new HashMap<>(states);
        samples.values().stream()
                .map(Map::keySet)
                .flatMap(Collection::stream)
                .distinct()
                .forEach(node ->
                        rebuilt.put(node, history.rebuild(node, states.getOrDefault(node, NodeState.unknown()))));
        return Map.copyOf(rebuilt);
    }

    private NodeState rebuild(String node, NodeState restored) {
        var bySignal = new HashMap<String, Rebuilt>();
        policy.signals().forEach(signal -> bySignal.put(signal.name(), replay(signal, samplesOf(signal, node))));
        var layout = new Layout(
                policy.signals().stream().map(Signal::name).toList(),
                restored.layout().tiers());
        var series = layout.signals().stream()
                .map(signal -> rebuilt(bySignal, signal).series())
                .toArray(SignalSeries[]::new);
        for (int i = 0; i < series.length; i++) {
            series[i] = series[i].isEmpty() ? restored.seriesOf(layout.signals().get(i)) : series[i];
        }
        @Nullable FrozenTier[] frozen = new @Nullable FrozenTier[layout.tiers().size()];
        for (int i = 0; i < frozen.length; i++) {
            var held = restored.frozen(i);
            frozen[i] = held == null ? null : hotBefore(held, layout.tiers().get(i), bySignal);
        }
        return NodeState.of(layout, series, frozen);
    }

    private List<Sample> samplesOf(Signal signal, String node) {
        return samples.getOrDefault(signal.name(), Map.of()).getOrDefault(node, List.of());
    }

    private Rebuilt replay(Signal signal, List<Sample> past) {
        var smoothing = Smoothing.keepingAll(signal, policy.timing());
        var rebuilt = Rebuilt.NOTHING;
        for (var sample : past) {
            long at = sample.at().toEpochMilli();
            var series = rebuilt.series().with(sample.ratio(), at, 0, smoothing);
            boolean panics = series.isPanic(policy.timing().panicAbove());
            rebuilt = new Rebuilt(series, panics ? at : rebuilt.panickedAt());
        }
        return rebuilt;
    }

    private FrozenTier hotBefore(FrozenTier held, String tier, Map<String, Rebuilt> bySignal) {
        var thresholds = thresholds(tier);
        if (thresholds.stream()
                .anyMatch(threshold ->
                        rebuilt(bySignal, threshold.signal()).series().isEmpty())) {
            return held;
        }
        long last =
                bySignal.values().stream().mapToLong(Rebuilt::panickedAt).max().orElse(Long.MIN_VALUE);
        for (var threshold : thresholds) {
            last = Math.max(
                    last,
                    rebuilt(bySignal, threshold.signal()).series().lastPossiblyAtOrAbove(threshold.freezeAbove()));
        }
        var lastHot = Instant.ofEpochMilli(last);
        return !thresholds.isEmpty() && lastHot.isBefore(held.lastHot())
                ? new FrozenTier(held.since(), lastHot, held.why())
                : held;
    }

    private List<Threshold> thresholds(String tier) {
        var ladder = policy.ladder();
        for (int i = 0; i < ladder.tiers().size(); i++) {
            if (ladder.tiers().get(i).name().equals(tier)) {
                return ladder.thresholds(i);
            }
        }
        return List.of();
    }

    private static Rebuilt rebuilt(Map<String, Rebuilt> bySignal, String signal) {
        return bySignal.getOrDefault(signal, Rebuilt.NOTHING);
    }
}
