package dev.waterline.decision.pressure;

import dev.waterline.decision.pressure.PoolSummary.Silence;
import dev.waterline.decision.reading.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation of all nodes of a pool: answers and states in, states, floors and decisions out. The same input always gives
 * the same output, so a recorded day can be replayed.
 */
public final class PressureStep {
    private PressureStep() {}

    /**
     * @param nodes the nodes that the policy selects now; a state of any other node is dropped
     * @param states by node name; absent: nothing is known
     * @param answers by signal name: what each source last said. Give the same answers again to decide anew without asking
     *     anew (an edited policy acts on the samples at hand); a signal without an answer has never been asked
     * @param before the summary that the last step gave
     */
    public static PoolStep evaluate(
            PressurePolicy policy,
            Collection<String> nodes,
            Map<String, NodeState> states,
            Map<String, SourceAnswer> answers,
            PoolSummary before,
            Instant now) {
        var silence = silence(policy, answers, before, now);
        var known = new PoolSummary(silence, before.absentNodes(), nodes.size(), before.frozenNodes());
        var hysteresis = new NodeHysteresis(policy, known, now);
        var next = new TreeMap<String, NodeState>();
        var contributions = new TreeMap<String, Contribution>();
        var decisions = new ArrayList<FreezeDecision>();
        var absent = new HashMap<String, Integer>();
        for (var node : nodes) {
            var readings = readings(policy, answers, node);
            readings.forEach((signal, reading) -> {
                if (reading instanceof Reading.Absent) {
                    absent.merge(signal, 1, Integer::sum);
                }
            });
            var state = hysteresis.step(node, states.getOrDefault(node, NodeState.unknown()), readings, decisions);
            next.put(node, state);
            contribution(policy.ladder(), state).ifPresent(wanted -> contributions.put(node, wanted));
        }
        dropped(nodes, states)
                .forEach((node, state) -> state.frozen().keySet().stream()
                        .sorted()
                        .forEach(tier ->
                                decisions.add(new FreezeDecision.Thaw(node, tier, new Evidence.NotSelected()))));
        return new PoolStep(
                next,
                contributions,
                List.copyOf(decisions),
                new PoolSummary(silence, absent, nodes.size(), frozenByTier(next.values())));
    }

    private static Map<String, NodeState> dropped(Collection<String> nodes, Map<String, NodeState> states) {
        var dropped = new TreeMap<>(states);
        dropped.keySet().removeAll(Set.copyOf(nodes));
        return dropped;
    }

    private static Map<String, Silence> silence(
            PressurePolicy policy, Map<String, SourceAnswer> answers, PoolSummary before, Instant now) {
        var silence = new HashMap<String, Silence>();
        for (var signal : policy.signals()) {
            if (answers.get(signal.name()) instanceof SourceAnswer.Silent(Reading.Unavailable reason)) {
                var since = before.silence(signal.name()).map(Silence::since).orElse(now);
                silence.put(signal.name(), new Silence(since, reason));
            }
        }
        return silence;
    }

    private static Map<String, Reading> readings(
            PressurePolicy policy, Map<String, SourceAnswer> answers, String node) {
        var readings = new HashMap<String, Reading>();
        for (var signal : policy.signals()) {
            readings.put(signal.name(), reading(answers.get(signal.name()), node));
        }
        return readings;
    }

    private static Reading reading(@Nullable SourceAnswer answer, String node) {
        return switch (answer) {
            case null -> new Reading.Unavailable(Reading.Cause.NoServer, "has not been asked yet");
            case SourceAnswer.Silent(Reading.Unavailable reason) -> reason;
            case SourceAnswer.Answered answered -> {
                var ratio = answered.ratios().get(node);
                yield ratio == null ? new Reading.Absent() : new Reading.Fresh(ratio, answered.at());
            }
        };
    }

    private static Optional<Contribution> contribution(Ladder ladder, NodeState state) {
        var frozen = new ArrayList<String>();
        int highest = -1;
        for (int i = 0; i < ladder.tiers().size(); i++) {
            var tier = ladder.tiers().get(i).name();
            if (state.frozen().containsKey(tier)) {
                frozen.add(tier);
                highest = i;
            }
        }
        return highest < 0
                ? Optional.empty()
                : Optional.of(new Contribution(
                        ladder.floorAbove(highest),
                        ladder.tiers().get(highest).name(),
                        state.frozen(),
                        frozen,
                        state.readings()));
    }

    private static Map<String, Integer> frozenByTier(Collection<NodeState> states) {
        var frozen = new TreeMap<String, Integer>();
        states.forEach(state -> state.frozen().keySet().forEach(tier -> frozen.merge(tier, 1, Integer::sum)));
        return frozen;
    }
}
