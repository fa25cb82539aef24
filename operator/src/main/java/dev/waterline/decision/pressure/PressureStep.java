package dev.waterline.decision.pressure;

import dev.waterline.decision.pressure.PoolSummary.Silence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation of all nodes of a pool: what was seen and what was known in, states, floors and decisions out. The same input
 * always gives the same output, bit for bit, so a recorded day can be replayed.
 *
 * <p>It goes through the nodes once to take the readings in and to freeze, and then through those that are ready to thaw, as
 * far as the meter goes: who is first in line can only be said once all have been seen.
 */
public final class PressureStep {
    private final List<SignalPass> signals;
    private final List<Rule[]> rules;
    private final NodeHysteresis hysteresis;
    private final NodeThaw thaw;
    private final Layout layout;
    private final Floors floors;
    private final Map<String, NodeState> next;
    private final Map<String, Contribution> contributions = new HashMap<>();
    private final List<FreezeDecision> decisions = new ArrayList<>();

    private PressureStep(
            PressurePolicy policy,
            Observation observation,
            Map<String, NodeState> states,
            PoolSummary before,
            Instant now) {
        this.signals = policy.signals().stream()
                .map(signal -> new SignalPass(signal, policy, observation, before, now))
                .toList();
        this.layout = Layout.of(policy, states);
        this.rules = Rule.of(policy.ladder(), layout);
        this.hysteresis = new NodeHysteresis(policy, layout, signals, rules, now);
        this.thaw = new NodeThaw(policy, layout, signals, rules, before, now);
        this.floors = new Floors(policy.ladder(), layout);
        this.next = HashMap.newHashMap(observation.nodes().size());
    }

    /**
     * @param states by node name; absent: nothing is known. A state of a node that was not observed is dropped
     * @param before the summary that the last step gave
     */
    public static PoolStep evaluate(
            PressurePolicy policy,
            Observation observation,
            Map<String, NodeState> states,
            PoolSummary before,
            Instant now) {
        return new PressureStep(policy, observation, states, before, now)
                .evaluate(policy.limits(), observation.nodes(), states, before.meter(), now);
    }

    private PoolStep evaluate(
            PoolLimits limits, List<PoolNode> nodes, Map<String, NodeState> states, ThawMeter meter, Instant now) {
        var census = new PoolCensus(layout);
        var candidates = new ArrayList<ThawCandidate>();
        int known = 0;
        for (var node : nodes) {
            @Nullable NodeState before = states.get(node.name());
            known += before == null ? 0 : 1;
            var state = hysteresis.step(node.name(), before == null ? NodeState.unknown() : before, decisions);
            settle(node, state);
            census.count(node, state);
            if (state.isFrozen()) {
                thaw.candidate(node, state).ifPresent(candidates::add);
            }
        }
        if (known < states.size()) {
            drop(states);
        }
        var granted = ThawCandidate.first(candidates, meter.allowance(limits.thawShare(), census.frozenNodes(), now));
        for (var candidate : granted) {
            var node = candidate.node();
            var frozen = candidate.state();
            var state = thaw.thaw(node.name(), frozen, decisions);
            settle(node, state);
            census.recount(node, frozen, state);
        }
        decisions.sort(Comparator.comparing(FreezeDecision::node));
        return new PoolStep(
                Collections.unmodifiableMap(next),
                Collections.unmodifiableMap(contributions),
                List.copyOf(decisions),
                new PoolSummary(
                        silentSince(),
                        absentNodes(),
                        census.nodes(),
                        census.frozenByTier(),
                        census.starvedSince(rules, next.values(), limits.maxFrozen(), now),
                        census.suspension(limits),
                        meter.after(limits.thawShare() < 1 ? granted.size() : 0, now)));
    }

    private void settle(PoolNode node, NodeState state) {
        next.put(node.name(), state);
        if (state.isFrozen()) {
            contributions.put(node.name(), floors.contribution(state));
        } else {
            contributions.remove(node.name());
        }
    }

    private void drop(Map<String, NodeState> states) {
        states.forEach((node, state) -> {
            if (!next.containsKey(node)) {
                state.frozen().keySet().stream()
                        .sorted()
                        .forEach(
                                tier -> decisions.add(new FreezeDecision.Thaw(node, tier, new Evidence.NotSelected())));
            }
        });
    }

    private Map<String, Silence> silentSince() {
        var silence = new HashMap<String, Silence>();
        signals.forEach(signal -> signal.silence().ifPresent(since -> silence.put(signal.name(), since)));
        return silence;
    }

    private Map<String, Integer> absentNodes() {
        var absent = new HashMap<String, Integer>();
        signals.stream()
                .filter(signal -> signal.absent() > 0)
                .forEach(signal -> absent.put(signal.name(), signal.absent()));
        return absent;
    }
}
