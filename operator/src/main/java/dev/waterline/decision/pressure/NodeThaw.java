package dev.waterline.decision.pressure;

import dev.waterline.decision.pressure.FreezeDecision.Thaw;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        if (held == null || why(node.name(), highest, state).isEmpty()) {
            return Optional.empty();
        }
        int lowest = highest;
        while (!starved.isEmpty()
                && lowest > 0
                && why(node.name(), lowest - 1, state).isPresent()) {
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
            var why = thaws ? why(node, tier, state) : Optional.<Evidence>empty();
            thaws = why.isPresent();
            if (thaws) {
                decisions.add(new Thaw(node, layout.tiers().get(tier), why.get()));
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

    /** Why the tier may thaw as far as it alone is concerned; empty: it may not. What froze in this pass does not. */
    private Optional<Evidence> why(String node, int tier, NodeState state) {
        var held = state.frozen(tier);
        if (held == null
                || held.since().equals(now)
                || Duration.between(held.lastHot(), now).compareTo(timing.minHold()) < 0) {
            return Optional.empty();
        }
        var why = new ArrayList<Evidence>();
        for (var rule : rules.get(tier)) {
            var permits = permits(node, rule, state.series(rule.signal()));
            if (permits == null) {
                return Optional.empty();
            }
            why.add(permits);
        }
        return Optional.of(Evidence.all(why));
    }

    private @Nullable Evidence permits(String node, Rule rule, SignalSeries seen) {
        var signal = signals.get(rule.signal());
        if (!signal.isAnswered()) {
            return signal.isOutageOver() ? new Evidence.OutageOver(signal.name(), outageHold) : null;
        }
        boolean fresh = signal.isFresh(node);
        if (!fresh && seen.isEmpty()) {
            return new Evidence.NeverSeen(signal.name());
        }
        return seen.isCool(rule.thawBelow(), timing.thawAfter(), fresh ? seen.lastAt() : now)
                ? new Evidence.Cooled(rule.threshold(), seen.last(), timing.thawAfter())
                : null;
    }
}
