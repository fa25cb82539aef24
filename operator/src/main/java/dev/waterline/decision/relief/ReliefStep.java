package dev.waterline.decision.relief;

import dev.waterline.decision.pressure.NodeState;
import dev.waterline.decision.pressure.SourceAnswer;
import dev.waterline.decision.relief.Heat.Level;
import dev.waterline.decision.relief.Heat.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Finds the nodes on which a frozen tier asks for relief: its signal has answered afresh, and the smoothed ratio has been at or
 * above the level for the dwell, all the while that the tier was frozen. Panic and reserved growth do not count: they are not in
 * the smoothed ratio.
 */
public final class ReliefStep {
    private final Map<String, SourceAnswer> answers;
    private final Duration maxGap;
    private final Heat before;
    private final Instant now;
    private final Map<Level, Stretch> stretches = new HashMap<>();

    private ReliefStep(Map<String, SourceAnswer> answers, Duration maxGap, Heat before, Instant now) {
        this.answers = answers;
        this.maxGap = maxGap;
        this.before = before;
        this.now = now;
    }

    /**
     * @param tiers lowest first
     * @param states by node name, after the step over the pool
     * @param answers by signal name: what each source last said
     * @param maxGap two samples further apart do not make one stretch, and a sample older than this is not fresh
     * @param suspended whether eviction is suspended where this node is
     */
    public static ReliefPlan evaluate(
            List<ReliefTier> tiers,
            Map<String, NodeState> states,
            Map<String, SourceAnswer> answers,
            Duration maxGap,
            Predicate<String> suspended,
            Heat before,
            Instant now) {
        var step = new ReliefStep(answers, maxGap, before, now);
        var throttle = new ArrayList<ThrottleAsk>();
        var evict = new ArrayList<EvictAsk>();
        var frozen = new TreeMap<String, NodeState>();
        states.forEach((node, state) -> {
            if (!state.frozen().isEmpty()) {
                frozen.put(node, state);
            }
        });
        frozen.forEach((node, state) -> tiers.stream()
                .filter(tier -> state.frozen().containsKey(tier.tier()))
                .forEach(tier -> {
                    tier.throttle()
                            .ifPresent(rule -> throttle.add(new ThrottleAsk(
                                    node,
                                    tier.tier(),
                                    tier.pods(),
                                    rule.percent(),
                                    step.hot(node, state, tier, false, rule.above(), rule.after()))));
                    tier.evict()
                            .flatMap(rule -> step.hot(node, state, tier, true, rule.above(), rule.after())
                                    .map(hot -> new EvictAsk(
                                            node,
                                            tier.tier(),
                                            tier.pods(),
                                            rule.perNodePerMinute(),
                                            tier.freezeAbove(),
                                            tier.lag(),
                                            hot,
                                            suspended.test(node))))
                            .ifPresent(evict::add);
                }));
        return new ReliefPlan(new Heat(step.stretches), throttle, evict);
    }

    private Optional<Observation> hot(
            String node, NodeState state, ReliefTier tier, boolean evict, double above, Duration dwell) {
        var level = new Level(node, tier.tier(), evict, tier.signal(), above);
        var stretch = Optional.ofNullable(before.stretches().get(level));
        var sampled = sampledAt(tier.signal(), node);
        double ratio = state.readings().getOrDefault(tier.signal(), Double.NaN);
        if (sampled.isEmpty()) {
            // Whether it goes on will show with the next sample, if that comes before the gap is too long.
            stretch.ifPresent(known -> stretches.put(level, known));
            return Optional.empty();
        }
        var at = sampled.get();
        if (!(ratio >= above)) {
            return Optional.empty();
        }
        var goesOn = stretch.filter(known -> !at.isBefore(known.last())
                        && Duration.between(known.last(), at).compareTo(maxGap) <= 0)
                .map(known -> new Stretch(known.since(), at))
                .orElseGet(() -> new Stretch(at, at));
        stretches.put(level, goesOn);
        return Duration.between(goesOn.since(), at).compareTo(dwell) >= 0
                ? Optional.of(new Observation(tier.signal(), ratio, above, dwell, at))
                : Optional.empty();
    }

    /** When the signal last spoke of the node, if that is recent enough to act on. */
    private Optional<Instant> sampledAt(String signal, String node) {
        return answers.get(signal) instanceof SourceAnswer.Answered answered
                        && answered.ratios().containsKey(node)
                        && Duration.between(answered.at(), now).compareTo(maxGap) <= 0
                ? Optional.of(answered.at())
                : Optional.empty();
    }
}
