package dev.waterline.decision.pressure;

import dev.waterline.decision.pressure.FreezeDecision.Freeze;
import dev.waterline.decision.pressure.FreezeDecision.Thaw;
import dev.waterline.decision.reading.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The state machine of one node: freeze, hold, thaw.
 *
 * <p>For each tier and each of its effective thresholds, per signal:
 *
 * <ul>
 *   <li><b>Freeze</b> as soon as <em>any</em> signal, read afresh, has its smoothed value at or above {@code freezeAbove} for
 *       {@code freezeAfter}, or its last two raw values at or above {@code panicAbove}.
 *   <li><b>Thaw</b> once <em>every</em> signal has been below {@code thawBelow} for {@code thawAfter}, and {@code minHold} has
 *       passed since the tier was last hot.
 * </ul>
 *
 * <p>Two things make it safe. The hold counts from when the node was last <em>hot</em>, not from the last round that looked,
 * so a cool node thaws within {@code thawAfter + minHold} (Crane's freeze never lifted, because each round refreshed a timer).
 * And tiers are worked from the top down with the tier above as a floor, so the frozen set is always a prefix of the ladder,
 * whatever edits and restarts have done before.
 *
 * <p>Without fresh data nothing freezes. An absent node goes on with its last value: hot stays hot, since a saturated node
 * starves its own exporter first; cool goes on cooling. A signal that has never spoken of the node does not keep it frozen. A silent source is held, and then thawed or held as the policy says.
 */
final class NodeHysteresis {
    private final PressurePolicy policy;
    private final PoolSummary pool;
    private final Instant now;

    NodeHysteresis(PressurePolicy policy, PoolSummary pool, Instant now) {
        this.policy = policy;
        this.pool = pool;
        this.now = now;
    }

    /** @param readings by signal name: what the last answer of each source said of this node */
    NodeState step(String node, NodeState state, Map<String, Reading> readings, List<FreezeDecision> decisions) {
        var series = extend(state, readings);
        var ladder = policy.ladder();
        var frozen = new HashMap<String, FrozenTier>();
        Optional<String> frozenAbove = Optional.empty();
        for (int i = ladder.tiers().size() - 1; i >= 0; i--) {
            var tier = ladder.tiers().get(i).name();
            var next = tier(node, tier, ladder.thresholds(i), state, series, readings, frozenAbove, decisions);
            if (next.isPresent()) {
                frozen.put(tier, next.get());
                frozenAbove = Optional.of(tier);
            }
        }
        state.frozen().keySet().stream()
                .filter(tier -> ladder.tiers().stream().noneMatch(t -> t.name().equals(tier)))
                .sorted()
                .forEach(gone -> decisions.add(new Thaw(node, gone, new Evidence.NoWaterline())));
        return new NodeState(series, frozen);
    }

    private Map<String, SignalSeries> extend(NodeState state, Map<String, Reading> readings) {
        var series = new HashMap<String, SignalSeries>();
        for (var signal : policy.signals()) {
            var known = state.seriesOf(signal.name());
            if (readings.get(signal.name()) instanceof Reading.Fresh fresh) {
                series.put(signal.name(), known.with(fresh.value(), fresh.at(), signal, policy.timing()));
            } else if (!known.isEmpty()) {
                series.put(signal.name(), known);
            }
        }
        return series;
    }

    private Optional<FrozenTier> tier(
            String node,
            String tier,
            List<Threshold> thresholds,
            NodeState state,
            Map<String, SignalSeries> series,
            Map<String, Reading> readings,
            Optional<String> frozenAbove,
            List<FreezeDecision> decisions) {
        var before = Optional.ofNullable(state.frozen().get(tier));
        if (before.isPresent()) {
            var held = before.get().hotAt(lastHot(thresholds, series));
            var thaw = frozenAbove.isPresent() ? Optional.<Evidence>empty() : thaw(thresholds, held, series, readings);
            thaw.ifPresent(why -> decisions.add(new Thaw(node, tier, why)));
            return thaw.isPresent() ? Optional.empty() : Optional.of(held);
        }
        var freeze = freeze(thresholds, series, readings).or(() -> frozenAbove.map(Evidence.HigherTier::new));
        freeze.ifPresent(why -> decisions.add(new Freeze(node, tier, why)));
        return freeze.map(why -> new FrozenTier(now, now, why).hotAt(lastHot(thresholds, series)));
    }

    private Optional<Evidence> freeze(
            List<Threshold> thresholds, Map<String, SignalSeries> series, Map<String, Reading> readings) {
        if (thresholds.isEmpty()) {
            return Optional.empty();
        }
        var timing = policy.timing();
        return panic(series, readings)
                .or(() -> thresholds.stream()
                        .filter(threshold -> readings.get(threshold.signal()) instanceof Reading.Fresh)
                        .filter(threshold -> seen(series, threshold.signal())
                                .isHot(threshold.freezeAbove(), timing.freezeAfter(), timing.maxGap()))
                        .findFirst()
                        .map(threshold -> new Evidence.Hot(
                                threshold, seen(series, threshold.signal()).last(), timing.freezeAfter())));
    }

    /** A panic in one signal freezes every tier that has a waterline, whichever signals the tier itself looks at. */
    private Optional<Evidence> panic(Map<String, SignalSeries> series, Map<String, Reading> readings) {
        double level = policy.timing().panicAbove();
        // The lowest tier's thresholds name every signal that any tier has a waterline for.
        return policy.ladder().thresholds(0).stream()
                .map(Threshold::signal)
                .filter(signal -> readings.get(signal) instanceof Reading.Fresh)
                .filter(signal -> seen(series, signal).isPanic(level))
                .findFirst()
                .map(signal -> new Evidence.Panic(signal, seen(series, signal).lastRaw(), level));
    }

    private Instant lastHot(List<Threshold> thresholds, Map<String, SignalSeries> series) {
        var panics = policy.ladder().thresholds(0).stream()
                .map(threshold -> seen(series, threshold.signal()))
                .filter(seen -> seen.isPanic(policy.timing().panicAbove()))
                .map(SignalSeries::lastAt);
        var crossings = thresholds.stream()
                .map(threshold -> seen(series, threshold.signal()).lastAtOrAbove(threshold.freezeAbove()));
        return Stream.concat(panics, crossings).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    }

    private static SignalSeries seen(Map<String, SignalSeries> series, String signal) {
        return series.getOrDefault(signal, SignalSeries.empty());
    }

    private Optional<Evidence> thaw(
            List<Threshold> thresholds,
            FrozenTier held,
            Map<String, SignalSeries> series,
            Map<String, Reading> readings) {
        if (thresholds.isEmpty()) {
            return Optional.of(new Evidence.NoWaterline());
        }
        if (Duration.between(held.lastHot(), now).compareTo(policy.timing().minHold()) < 0) {
            return Optional.empty();
        }
        Optional<Evidence> why = Optional.empty();
        for (var threshold : thresholds) {
            var seen = seen(series, threshold.signal());
            var permits = permitsThaw(threshold, seen, Objects.requireNonNull(readings.get(threshold.signal())));
            if (permits.isEmpty()) {
                return Optional.empty();
            }
            why = why.isPresent() ? why : permits;
        }
        return why;
    }

    private Optional<Evidence> permitsThaw(Threshold threshold, SignalSeries seen, Reading reading) {
        var dwell = policy.timing().thawAfter();
        if (reading instanceof Reading.Absent && seen.isEmpty()) {
            return Optional.of(new Evidence.NeverSeen(threshold.signal()));
        }
        boolean cool = switch (reading) {
            case Reading.Fresh _ -> seen.isCool(threshold.thawBelow(), dwell, seen.lastAt());
            case Reading.Absent _ -> seen.isCool(threshold.thawBelow(), dwell, now);
            case Reading.Unavailable _ -> false;
        };
        if (cool) {
            return Optional.of(new Evidence.Cooled(threshold, seen.last(), dwell));
        }
        boolean outageOver = reading instanceof Reading.Unavailable
                && policy.outage().thenThaw()
                && pool.silence(threshold.signal())
                        .filter(s -> Duration.between(s.since(), now)
                                        .compareTo(policy.outage().hold())
                                >= 0)
                        .isPresent();
        return outageOver
                ? Optional.of(new Evidence.OutageOver(
                        threshold.signal(), policy.outage().hold()))
                : Optional.empty();
    }
}
