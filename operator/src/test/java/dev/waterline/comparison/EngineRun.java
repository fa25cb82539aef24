package dev.waterline.comparison;

import dev.waterline.decision.pressure.Ladder;
import dev.waterline.decision.pressure.NodeState;
import dev.waterline.decision.pressure.Observation;
import dev.waterline.decision.pressure.Outage;
import dev.waterline.decision.pressure.PoolLimits;
import dev.waterline.decision.pressure.PoolSummary;
import dev.waterline.decision.pressure.PressurePolicy;
import dev.waterline.decision.pressure.PressureStep;
import dev.waterline.decision.pressure.Signal;
import dev.waterline.decision.pressure.SourceAnswer;
import dev.waterline.decision.pressure.Tier;
import dev.waterline.decision.pressure.Timing;
import dev.waterline.decision.pressure.Waterline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** This engine, the very code that is shipped, over the pool: one tier that freezes at 82 %, one protected. */
final class EngineRun {
    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");

    private EngineRun() {}

    /** @param thawShare of the frozen nodes at most thaw in a minute; 1: no limit */
    static Score score(LoadDay day, double thawShare, Duration halfLife, Duration freezeAfter) {
        var policy = policy(thawShare, halfLife, freezeAfter);
        var nodes =
                IntStream.range(0, day.nodes()).mapToObj("node-%03d"::formatted).toList();
        var frozen = new boolean[day.nodes()][day.samples()];
        Map<String, NodeState> states = Map.of();
        var summary = PoolSummary.empty();
        for (int sample = 0; sample < day.samples(); sample++) {
            var now = MIDNIGHT.plus(LoadDay.SAMPLE.multipliedBy(sample));
            var ratios = new HashMap<String, Double>();
            for (int node = 0; node < nodes.size(); node++) {
                ratios.put(nodes.get(node), day.node(node)[sample]);
            }
            Map<String, SourceAnswer> answers = Map.of("cpu", new SourceAnswer.Answered(ratios, now));
            var step = PressureStep.evaluate(policy, Observation.of(nodes, answers), states, summary, now);
            states = step.nodes();
            summary = step.summary();
            for (int node = 0; node < nodes.size(); node++) {
                frozen[node][sample] = step.contributions().containsKey(nodes.get(node));
            }
        }
        var score = new Score();
        for (int node = 0; node < nodes.size(); node++) {
            score.add(day.node(node), frozen[node]);
        }
        return score;
    }

    private static PressurePolicy policy(double thawShare, Duration halfLife, Duration freezeAfter) {
        return new PressurePolicy(
                List.of(new Signal("cpu", halfLife, 1.5)),
                new Ladder(List.of(
                        new Tier("standard", 0, List.of(new Waterline("cpu", LoadDay.HOT, 0.75))),
                        new Tier("critical", 1000, List.of()))),
                new Timing(
                        freezeAfter,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(300),
                        0.95,
                        LoadDay.SAMPLE.multipliedBy(3)),
                new Outage(Duration.ofMinutes(5), true),
                new PoolLimits(thawShare, Duration.ofMinutes(30), 0.33, 0.55),
                false);
    }
}
