package dev.waterline.decision.pressure;

import dev.waterline.decision.pressure.FreezeDecision.Thaw;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The way back of {@link NodeHysteresis}: finds the nodes that are ready to thaw, and thaws those that the pool's meter lets.
 * Tiers thaw from the top down, so the highest frozen one decides whether anything does.
 */
final class NodeThaw {
    private final Layout layout;
    private final List<SignalPass> signals;
    private final List<Rule[]> rules;
    private final Timing timing;
    private final Duration outageHold;
    private final List<String> starved;
    private final Instant now;

    /**
     * @param signals in the layout's order
     * @param rules by tier, lowest first
     * @param before which tiers are starved
     */
    NodeThaw(
            PressurePolicy policy,
            Layout layout,
            List<SignalPass> signals,
            List<Rule[]> rules,
            PoolSummary before,
            Instant now) {
        this.layout = layout;
        this.signals = signals;
        this.rules = rules;
        this.timing = policy.timing();
        this.outageHold = policy.outage().hold();
        this.starved = List.copyOf(before.starvedSince().keySet());
        this.now = now;
    }

    /** @return empty if nothing is ready to thaw there */
    Optional<ThawCandidate> candidate(PoolNode node, NodeState state) {
        int highest = highestFrozen(state);
        var held = highest < 0 ? null : state.frozen(highest);
        if (held == null || !isReady(node.name(), highest, state)) {
            return Optional.empty();
        }
        int lowest = highest;
        while (!starved.isEmpty() && lowest > 0 && isReady(node.name(), lowest - 1, state)) {
            lowest--;
        }
        boolean feedsTheStarved =
                layout.tiers().subList(lowest, highest + 1).stream().anyMatch(starved::contains);
        return Optional.of(new ThawCandidate(node, state, feedsTheStarved, highest, held.since()));
    }

    NodeState thaw(String node, NodeState state, List<FreezeDecision> decisions) {
        var frozen = new FrozenTier[rules.size()];
        boolean thaws = true;
        for (int tier = highestFrozen(state); tier >= 0; tier--) {
            thaws = thaws && isReady(node, tier, state);
            if (thaws) {
                decisions.add(new Thaw(node, layout.tiers().get(tier), why(tier, state)));
            } else {
                frozen[tier] = state.frozen(tier);
            }
        }
        return state.withFrozen(frozen);
    }

    private int highestFrozen(NodeState state) {
        int tier = rules.size() - 1;
        while (tier >= 0 && state.frozen(tier) == null) {
            tier--;
        }
        return tier;
    }

    /** Whether the tier may thaw as far as it alone is concerned. What froze in this pass may not. */
    private boolean isReady(String node, int tier, NodeState state) {
        var held = state.frozen(tier);
        if (held == null
                || held.since().equals(now)
                || Duration.between(held.lastHot(), now).compareTo(timing.minHold()) < 0) {
            return false;
        }
        for (var rule : rules.get(tier)) {
            if (!permits(node, rule, state.series(rule.signal()))) {
                return false;
            }
        }
        return true;
    }

    private boolean permits(String node, Rule rule, SignalSeries seen) {
        var signal = signals.get(rule.signal());
        if (!signal.isAnswered()) {
            return signal.isOutageOver();
        }
        boolean fresh = signal.isFresh(node);
        return (!fresh && seen.isEmpty())
                || seen.isCool(rule.thawBelow(), timing.thawAfter(), fresh ? seen.lastAt() : now);
    }

    private Evidence why(int tier, NodeState state) {
        return Evidence.all(Stream.of(rules.get(tier))
                .map(rule -> why(rule, state.series(rule.signal())))
                .toList());
    }

    /** What permits it, given that something does. */
    private Evidence why(Rule rule, SignalSeries seen) {
        var signal = signals.get(rule.signal());
        if (!signal.isAnswered()) {
            return new Evidence.OutageOver(signal.name(), outageHold);
        }
        return seen.isEmpty()
                ? new Evidence.NeverSeen(signal.name())
                : new Evidence.Cooled(rule.threshold(), seen.last(), timing.thawAfter());
    }
}
