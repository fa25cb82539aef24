package dev.waterline.decision.pressure;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the signals of a pool said before the process began, so that averages and dwell times go on where the process before
 * left them.
 *
 * <p>It decides nothing: what is frozen stays so, and what is not may freeze with the next fresh answer at the earliest. A
 * restored freeze was last hot now, for want of better knowledge; with the past of every signal that could have kept it hot,
 * it was last hot when that past says so, or when that past begins. So a restart delays a thaw by less, and never hastens it.
 */
public final class SignalHistory {
    private final Layout layout;
    private final List<Rule[]> rules;
    private final double panicAbove;
    private final SignalPass[][] passes;

    private SignalHistory(PressurePolicy policy, Layout layout, Map<String, List<SourceAnswer.Answered>> history) {
        this.layout = layout;
        this.rules = Rule.of(policy.ladder(), layout);
        this.panicAbove = policy.timing().panicAbove();
        this.passes = policy.signals().stream()
                .map(signal -> history.getOrDefault(signal.name(), List.of()).stream()
                        .map(answer -> pass(policy, signal, answer))
                        .toArray(SignalPass[]::new))
                .toArray(SignalPass[][]::new);
    }

    /**
     * @param nodes names of those that the policy selects
     * @param states what an earlier life of the process left frozen, by node name
     * @param history by signal name what its source said, oldest first; all of it before the first answer of this life
     * @return the state of each node of which anything is known
     */
    public static Map<String, NodeState> recalled(
            PressurePolicy policy,
            Collection<String> nodes,
            Map<String, NodeState> states,
            Map<String, List<SourceAnswer.Answered>> history) {
        var past = new SignalHistory(policy, Layout.of(policy, states), history);
        var recalled = new HashMap<>(states);
        for (var node : nodes) {
            var state = past.recall(node, states.getOrDefault(node, NodeState.unknown()));
            if (!state.equals(NodeState.unknown())) {
                recalled.put(node, state);
            }
        }
        return recalled;
    }

    private static SignalPass pass(PressurePolicy policy, Signal signal, SourceAnswer.Answered answer) {
        var observation = Observation.of(List.of(), Map.of(signal.name(), answer));
        return new SignalPass(signal, policy, observation, PoolSummary.empty(), answer.at());
    }

    private NodeState recall(String node, NodeState known) {
        if (!known.frozenOutside(layout).isEmpty()) {
            // The next step must see it, to say that the policy has no such tier any more.
            return known;
        }
        var before = known.in(layout);
        var series = new SignalSeries[passes.length];
        var begin = new long[passes.length];
        var lastHot = new long[rules.size()];
        Arrays.fill(lastHot, Long.MIN_VALUE);
        boolean said = false;
        for (int signal = 0; signal < passes.length; signal++) {
            series[signal] = before.series(signal);
            begin[signal] = Long.MAX_VALUE;
            for (var pass : passes[signal]) {
                if (pass.isFresh(node)) {
                    series[signal] = pass.extend(series[signal], node);
                    begin[signal] = Math.min(begin[signal], series[signal].lastAtMillis());
                    heat(signal, series[signal], lastHot);
                    said = true;
                }
            }
        }
        return said ? NodeState.of(layout, series, frozen(before, begin, lastHot)) : known;
    }

    /** When each tier was hot by what this signal has said, as far as that is later than is known. */
    private void heat(int signal, SignalSeries series, long[] lastHot) {
        boolean panic = uses(rules.getFirst(), signal) && series.isPanic(panicAbove);
        for (int tier = 0; tier < lastHot.length; tier++) {
            lastHot[tier] = panic ? Math.max(lastHot[tier], series.lastAtMillis()) : lastHot[tier];
            for (var rule : rules.get(tier)) {
                if (rule.signal() == signal) {
                    lastHot[tier] = Math.max(lastHot[tier], series.lastAtOrAbove(rule.freezeAbove()));
                }
            }
        }
    }

    private static boolean uses(Rule[] rules, int signal) {
        return Arrays.stream(rules).anyMatch(rule -> rule.signal() == signal);
    }

    private @Nullable FrozenTier[] frozen(NodeState before, long[] begin, long[] lastHot) {
        // A panic in any signal that has a waterline, which the lowest tier's thresholds name, keeps every tier hot.
        long known = Arrays.stream(rules.getFirst())
                .mapToLong(rule -> begin[rule.signal()])
                .max()
                .orElse(Long.MAX_VALUE);
        @Nullable FrozenTier[] frozen = new @Nullable FrozenTier[rules.size()];
        for (int tier = 0; tier < frozen.length; tier++) {
            var held = before.frozen(tier);
            frozen[tier] =
                    held == null || known == Long.MAX_VALUE ? held : lastHot(held, Math.max(known, lastHot[tier]));
        }
        return frozen;
    }

    private static FrozenTier lastHot(FrozenTier held, long at) {
        var since = held.since();
        var hot = Instant.ofEpochMilli(at);
        return new FrozenTier(since, hot.isAfter(since) ? hot : since, held.why());
    }
}
