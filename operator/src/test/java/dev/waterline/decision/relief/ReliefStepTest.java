package dev.waterline.decision.relief;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.pressure.NodeState;
import dev.waterline.decision.pressure.SourceAnswer;
import dev.waterline.decision.reading.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReliefStepTest {
    private static final Instant START = Instant.parse("2026-11-25T04:00:00Z");
    private static final Duration MAX_GAP = Duration.ofSeconds(15);
    private static final ReliefTier TIER = new ReliefTier(
            "best-effort",
            new PriorityRange(Integer.MIN_VALUE, 1000),
            "cpu",
            0.70,
            Duration.ofSeconds(60),
            Optional.of(new ReliefTier.Throttle(0.88, Duration.ofSeconds(60), 50)),
            Optional.of(new ReliefTier.Evict(0.93, Duration.ofSeconds(180), 2)));

    private Heat heat = Heat.none();
    private Instant now = START;
    private ReliefTier tier = TIER;

    @Test
    void aFrozenNodeAsksForThrottlingOnceItHasBeenHotForSoLongAndForEvictionLater() {
        pass(0.95);
        assertThat(hotFor(55, 0.95).throttle())
                .singleElement()
                .matches(ask -> ask.hot().isEmpty(), "frozen, but not hot for long enough");

        var plan = hotFor(5, 0.95);
        assertThat(plan.throttle().getFirst().hot())
                .contains(new Observation("cpu", 0.95, 0.88, Duration.ofSeconds(60), now));
        assertThat(plan.evict()).isEmpty();

        plan = hotFor(120, 0.95);
        assertThat(plan.evict()).singleElement().satisfies(ask -> {
            assertThat(ask.node()).isEqualTo("node-1");
            assertThat(ask.releaseTo()).isEqualTo(0.70);
            assertThat(ask.suspended()).isFalse();
        });
    }

    @Test
    void aNodeThatIsNotFrozenAsksForNothing() {
        for (int i = 0; i < 100; i++) {
            now = now.plusSeconds(5);
            var plan = evaluate(NodeState.unknown(), answered(0.99));
            assertThat(plan.throttle()).isEmpty();
            assertThat(plan.evict()).isEmpty();
        }
    }

    @Test
    void oneSampleBelowTheLevelEndsTheStretch() {
        hotFor(175, 0.95);
        pass(0.92);
        assertThat(hotFor(175, 0.95).evict()).isEmpty();
        assertThat(hotFor(10, 0.95).evict()).isNotEmpty();
    }

    @Test
    void aGapEndsTheStretch() {
        hotFor(300, 0.95);
        now = now.plusSeconds(16);
        assertThat(pass(0.95).evict()).isEmpty();
    }

    @Test
    void nothingIsAskedForOnDataThatIsNotFresh() {
        hotFor(300, 0.95);

        now = now.plusSeconds(5);
        assertThat(evaluate(frozen(0.95), Map.of("cpu", new SourceAnswer.Answered(Map.of(), now)))
                        .evict())
                .as("the node is absent")
                .isEmpty();
        assertThat(evaluate(
                                frozen(0.95),
                                Map.of(
                                        "cpu",
                                        new SourceAnswer.Silent(
                                                new Reading.Unavailable(Reading.Cause.Timeout, "took too long"))))
                        .evict())
                .as("the source does not answer")
                .isEmpty();
        assertThat(evaluate(
                                frozen(0.95),
                                Map.of("cpu", new SourceAnswer.Answered(Map.of("node-1", 0.95), now.minusSeconds(16))))
                        .evict())
                .as("the answer is old")
                .isEmpty();
        assertThat(evaluate(frozen(0.95), Map.of()).evict())
                .as("it was never asked")
                .isEmpty();
    }

    @Test
    void aShortSilenceDoesNotEndTheStretch() {
        hotFor(175, 0.95);
        now = now.plusSeconds(5);
        evaluate(frozen(0.95), Map.of("cpu", new SourceAnswer.Answered(Map.of(), now)));
        assertThat(pass(0.95).evict()).isNotEmpty();
    }

    @Test
    void anAnswerThatIsRepeatedMakesNoTimePass() {
        hotFor(60, 0.95);
        var answer = answered(0.95);
        for (int i = 0; i < 50; i++) {
            assertThat(evaluate(frozen(0.95), answer).evict()).isEmpty();
        }
    }

    @Test
    void anEditedLevelBeginsAnew() {
        hotFor(300, 0.95);
        tier = new ReliefTier(
                TIER.tier(),
                TIER.pods(),
                TIER.signal(),
                TIER.freezeAbove(),
                TIER.lag(),
                TIER.throttle(),
                Optional.of(new ReliefTier.Evict(0.90, Duration.ofMinutes(3), 2)));

        assertThat(pass(0.95).evict()).isEmpty();
    }

    @Test
    void whatIsForgottenByARestartDelaysReliefAndCausesNone() {
        hotFor(300, 0.95);
        heat = Heat.none();

        var plan = pass(0.95);
        assertThat(plan.evict()).isEmpty();
        assertThat(plan.throttle())
                .as("what is throttled stays so while the tier is frozen")
                .singleElement()
                .matches(ask -> ask.hot().isEmpty());
    }

    @Test
    void aNodeThatThawedIsForgotten() {
        hotFor(300, 0.95);
        now = now.plusSeconds(5);
        var plan = evaluate(NodeState.unknown(), answered(0.95));

        assertThat(plan.heat()).isEqualTo(Heat.none());
    }

    private ReliefPlan hotFor(int seconds, double ratio) {
        ReliefPlan last = new ReliefPlan(heat, List.of(), List.of());
        for (int i = 0; i < seconds; i += 5) {
            last = pass(ratio);
        }
        return last;
    }

    private ReliefPlan pass(double ratio) {
        now = now.plusSeconds(5);
        return evaluate(frozen(ratio), answered(ratio));
    }

    private ReliefPlan evaluate(NodeState state, Map<String, SourceAnswer> answers) {
        var plan = ReliefStep.evaluate(List.of(tier), Map.of("node-1", state), answers, MAX_GAP, _ -> false, heat, now);
        heat = plan.heat();
        return plan;
    }

    private NodeState frozen(double ratio) {
        return NodeState.restored(Map.of("best-effort", START), Map.of("cpu", ratio), START);
    }

    private Map<String, SourceAnswer> answered(double ratio) {
        return Map.of("cpu", new SourceAnswer.Answered(Map.of("node-1", ratio), now));
    }
}
