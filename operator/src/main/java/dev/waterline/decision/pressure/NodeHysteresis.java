package dev.waterline.decision.pressure;

import dev.waterline.decision.pressure.FreezeDecision.Freeze;
import dev.waterline.decision.pressure.FreezeDecision.Thaw;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of one node: freeze and hold. {@link NodeThaw} is its way back.
 *
 * <p>For each tier and each of its effective thresholds, per signal:
 *
 * <ul>
 *   <li><b>Freeze</b> as soon as <em>any</em> signal, read afresh, has its smoothed value at or above {@code freezeAbove} for
 *       {@code freezeAfter}, or its last two raw values at or above {@code panicAbove}.
 *   <li><b>Thaw</b> once <em>every</em> signal has been below {@code thawBelow} for {@code thawAfter}, {@code minHold} has
 *       passed since the tier was last hot, and the pool's meter lets it.
 * </ul>
 *
 * <p>Two things make it safe. The hold counts from when the node was last <em>hot</em>, not from the last round that looked,
 * so a cool node thaws within {@code thawAfter + minHold} (Crane's freeze never lifted, because each round refreshed a timer).
 * And tiers are worked from the top down with the tier above as a floor, so the frozen set is always a prefix of the ladder,
 * whatever edits and restarts have done before.
 *
 * <p>Without fresh data nothing freezes. An absent node goes on with its last value: hot stays hot, since a saturated node
 * starves its own exporter first; cool goes on cooling. A signal that has never spoken of the node does not keep it frozen. A
 * silent source is held, and then thawed or held as the policy says.
 */
final class NodeHysteresis {
    private static final int NONE = -1;

    private final Layout layout;
    private final SignalPass[] signals;
    private final List<Rule[]> rules;
    private final Timing timing;
    private final Instant now;

    /**
     * @param signals in the layout's order
     * @param rules by tier, lowest first
     */
    NodeHysteresis(PressurePolicy policy, Layout layout, List<SignalPass> signals, List<Rule[]> rules, Instant now) {
        this.layout = layout;
        this.signals = signals.toArray(SignalPass[]::new);
        this.rules = rules;
        this.timing = policy.timing();
        this.now = now;
    }

    /** Takes the readings in and freezes. It thaws only what the policy no longer knows; the rest waits for the meter. */
    NodeState step(String node, NodeState known, List<FreezeDecision> decisions) {
        boolean ours = isOurs(known.layout());
        var before = ours ? known : known.in(layout);
        var series = new SignalSeries[signals.length];
        for (int i = 0; i < signals.length; i++) {
            series[i] = signals[i].extend(before.series(i), node);
        }
        boolean panics = panics(series, node);
        var after = before.isFrozen() || panics || anyAtItsThreshold(series)
                ? decide(node, before, series, panics, decisions)
                : NodeState.thawed(layout, series);
        if (!ours) {
            known.frozenOutside(layout)
                    .forEach(gone -> decisions.add(new Thaw(node, gone, new Evidence.NoWaterline())));
        }
        return after;
    }

    @SuppressWarnings("ReferenceEquality") // equal is not enough: the states of a pool share one
    private boolean isOurs(Layout other) {
        return other == layout;
    }

    /** The lowest tier's thresholds name every signal that any tier has a waterline for, and are the lowest. */
    private boolean anyAtItsThreshold(SignalSeries[] series) {
        for (var rule : rules.getFirst()) {
            if (series[rule.signal()].lastWithReserved() >= rule.freezeAbove()) {
                return true;
            }
        }
        return false;
    }

    /** A panic in one signal freezes every tier that has a waterline, whichever signals the tier itself looks at. */
    private boolean panics(SignalSeries[] series, String node) {
        for (var rule : rules.getFirst()) {
            if (series[rule.signal()].isPanic(timing.panicAbove()) && signals[rule.signal()].isFresh(node)) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("ReferenceEquality") // a tier that stays as it is stays the same object
    private NodeState decide(
            String node, NodeState before, SignalSeries[] series, boolean panics, List<FreezeDecision> decisions) {
        @Nullable FrozenTier[] frozen = new @Nullable FrozenTier[rules.size()];
        boolean changes = false;
        int above = NONE;
        for (int tier = rules.size() - 1; tier >= 0; tier--) {
            var held = before.frozen(tier);
            if (held != null && rules.get(tier).length == 0 && above == NONE) {
                decisions.add(new Thaw(node, layout.tiers().get(tier), new Evidence.NoWaterline()));
            } else if (held != null) {
                frozen[tier] = held.hotAt(lastHot(tier, series));
            } else {
                frozen[tier] = freeze(node, tier, series, panics, above, decisions);
            }
            changes |= frozen[tier] != held;
            above = frozen[tier] == null ? above : tier;
        }
        return changes ? NodeState.of(layout, series, frozen) : before.withSeries(series);
    }

    private @Nullable FrozenTier freeze(
            String node, int tier, SignalSeries[] series, boolean panics, int above, List<FreezeDecision> decisions) {
        var why = rules.get(tier).length == 0 ? List.<Evidence>of() : hot(node, tier, series, panics);
        if (why.isEmpty() && above != NONE) {
            why = List.of(new Evidence.HigherTier(layout.tiers().get(above)));
        }
        if (why.isEmpty()) {
            return null;
        }
        var evidence = Evidence.all(why);
        decisions.add(new Freeze(node, layout.tiers().get(tier), evidence));
        return new FrozenTier(now, now, evidence).hotAt(lastHot(tier, series));
    }

    private List<Evidence> hot(String node, int tier, SignalSeries[] series, boolean panics) {
        var why = new ArrayList<Evidence>();
        if (panics) {
            for (var rule : rules.getFirst()) {
                var seen = series[rule.signal()];
                if (seen.isPanic(timing.panicAbove()) && signals[rule.signal()].isFresh(node)) {
                    why.add(new Evidence.Panic(signals[rule.signal()].name(), seen.lastRaw(), timing.panicAbove()));
                }
            }
        }
        for (var rule : rules.get(tier)) {
            var seen = series[rule.signal()];
            if (seen.isHotWithReserved(rule.freezeAbove(), timing.freezeAfter())
                    && signals[rule.signal()].isFresh(node)) {
                why.add(
                        seen.isHot(rule.freezeAbove(), timing.freezeAfter())
                                ? new Evidence.Hot(rule.threshold(), seen.last(), timing.freezeAfter())
                                : new Evidence.HotWithReserved(
                                        rule.threshold(), seen.last(), seen.reserved(), timing.freezeAfter()));
            }
        }
        return why;
    }

    /** @return epoch milliseconds */
    private long lastHot(int tier, SignalSeries[] series) {
        long last = Long.MIN_VALUE;
        for (var rule : rules.getFirst()) {
            var seen = series[rule.signal()];
            last = seen.isPanic(timing.panicAbove()) ? Math.max(last, seen.lastAtMillis()) : last;
        }
        for (var rule : rules.get(tier)) {
            last = Math.max(last, series[rule.signal()].lastAtOrAbove(rule.freezeAbove()));
        }
        return last;
    }
}
