package dev.waterline.decision.pressure;

import static dev.waterline.decision.pressure.Policies.BEST_EFFORT;
import static dev.waterline.decision.pressure.Policies.MIN_HOLD;
import static dev.waterline.decision.pressure.Policies.STANDARD;
import static dev.waterline.decision.pressure.Policies.THAW_AFTER;
import static dev.waterline.decision.pressure.Policies.cpu;
import static dev.waterline.decision.pressure.Policies.memory;
import static dev.waterline.decision.pressure.Policies.tier;
import static dev.waterline.decision.pressure.PoolUnderTest.CPU;
import static dev.waterline.decision.pressure.PoolUnderTest.NODE;
import static dev.waterline.decision.pressure.PoolUnderTest.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A process that knows the past goes on where the one before has ended; it may thaw later, and flips nothing. */
class SignalHistoryTest {
    private static final String SEEDS = "dev.waterline.decision.pressure.Seeds#seeds";
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration SMOOTH = Duration.ofSeconds(20);

    @Test
    void aNodeThatWasHotForLongFreezesWithTheFirstFreshAnswerAndNotBefore() {
        var policy = Policies.smoothed(Policies.settlement(), SMOOTH);
        var pool = PoolUnderTest.with(policy);
        pool.restartAndRecall(Duration.ofMinutes(5), past(pool, Duration.ofMinutes(3), 0.85));
        assertThat(pool.frozen()).isEmpty();
        assertThat(pool.decisions()).isEmpty();

        pool.silentFor(INTERVAL);
        assertThat(pool.frozen()).isEmpty();

        pool.cpu(0.85);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT, STANDARD);
    }

    @Test
    void aSpikeAtTheStartFreezesNothingThatTheAverageWouldNotHaveFrozen() {
        var policy = Policies.smoothed(Policies.settlement(), SMOOTH);
        var pool = PoolUnderTest.with(policy);
        pool.restartAndRecall(Duration.ofMinutes(5), past(pool, Duration.ofMinutes(3), 0.40));
        pool.cpuFor(Duration.ofSeconds(15), 0.94);
        assertThat(pool.state().seriesOf(CPU).last()).isBetween(0.60, 0.69);
        assertThat(pool.frozen()).isEmpty();
    }

    @Test
    void aFrozenNodeThatHasCooledWasLastHotWhenThePastBegins() {
        var now = START.plusSeconds(1000);
        var restored = Map.of(NODE, NodeState.restored(Map.of(BEST_EFFORT, START), Map.of(CPU, 0.75), now));
        var begin = now.minusSeconds(160);

        assertThat(lastHot(recalled(Policies.settlement(), restored, passes(begin, now, 0.30))))
                .isEqualTo(begin);
    }

    @Test
    void aFrozenNodeWasLastHotWhenThePastSaysSo() {
        var now = START.plusSeconds(1000);
        var restored = Map.of(NODE, NodeState.restored(Map.of(BEST_EFFORT, START), Map.of(CPU, 0.75), now));
        var cooled = now.minusSeconds(100);
        var past = new ArrayList<>(passes(now.minusSeconds(160), cooled, 0.75));
        past.addAll(passes(cooled, now, 0.30));

        assertThat(lastHot(recalled(Policies.settlement(), restored, past))).isEqualTo(cooled.minus(INTERVAL));
    }

    @Test
    void aPanicOfThePastCountsAsHot() {
        var now = START.plusSeconds(1000);
        var restored = Map.of(NODE, NodeState.restored(Map.of(BEST_EFFORT, START), Map.of(CPU, 0.75), now));
        var panicked = now.minusSeconds(100);
        var past = new ArrayList<>(passes(now.minusSeconds(160), panicked, 0.30));
        past.addAll(passes(panicked, panicked.plusSeconds(10), 0.97));
        past.addAll(passes(panicked.plusSeconds(10), now, 0.30));
        var policy = Policies.smoothed(Policies.settlement(), Duration.ofMinutes(5));

        assertThat(lastHot(recalled(policy, restored, past))).isEqualTo(panicked.plusSeconds(5));
    }

    @Test
    void aTierIsNotHotBeforeItFroze() {
        var now = START.plusSeconds(1000);
        var since = now.minusSeconds(30);
        var restored = Map.of(NODE, NodeState.restored(Map.of(BEST_EFFORT, since), Map.of(CPU, 0.75), now));

        assertThat(lastHot(recalled(Policies.settlement(), restored, passes(now.minusSeconds(160), now, 0.30))))
                .isEqualTo(since);
    }

    @Test
    void withoutThePastOfOneOfItsSignalsAFrozenNodeWasLastHotNow() {
        var now = START.plusSeconds(1000);
        var restored = Map.of(NODE, NodeState.restored(Map.of(BEST_EFFORT, START), Map.of(CPU, 0.75), now));
        var policy = Policies.withCpuAndMemory(tier(BEST_EFFORT, 0, cpu(0.7, 0.6), memory(0.8, 0.7)));

        assertThat(lastHot(recalled(policy, restored, passes(now.minusSeconds(160), now, 0.30))))
                .isEqualTo(now);
    }

    @Test
    void aNodeOfWhichThePastSaysNothingIsAsItWas() {
        var now = START.plusSeconds(1000);
        var restored = Map.of("other", NodeState.restored(Map.of(BEST_EFFORT, START), Map.of(CPU, 0.75), now));

        var recalled = SignalHistory.recalled(
                Policies.settlement(), Set.of(NODE, "other", "third"), restored, Map.of(CPU, passes(START, now, 0.3)));

        assertThat(recalled).containsOnlyKeys(NODE, "other").containsEntry("other", restored.get("other"));
    }

    @Test
    void aTierThatThePolicyNoLongerHasIsLeftForTheStepToThaw() {
        var now = START.plusSeconds(1000);
        var restored = Map.of(NODE, NodeState.restored(Map.of("gone", START), Map.of(CPU, 0.75), now));

        assertThat(SignalHistory.recalled(
                        Policies.settlement(), Set.of(NODE), restored, Map.of(CPU, passes(START, now, 0.3))))
                .isEqualTo(restored);
    }

    /** Raw, so that a past of the dwell alone is all that can matter. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void withThePastOfTheDwellARestartChangesNoFreezeAndHastensNoThaw(long seed) {
        var random = new Random(seed);
        var steady = PoolUnderTest.with(Policies.settlement());
        var restarted = PoolUnderTest.with(Policies.settlement());
        var load = new RandomLoad(random);
        var past = new ArrayList<SourceAnswer.Answered>();
        int dies = 40 + random.nextInt(100);
        for (int i = 0; i < dies; i++) {
            double ratio = load.next();
            steady.cpu(ratio);
            restarted.cpu(ratio);
            past.add(new SourceAnswer.Answered(Map.of(NODE, ratio), steady.now()));
        }
        assertThat(restarted.frozen()).isEqualTo(steady.frozen());
        int dwell = (int) (THAW_AFTER.toSeconds() / INTERVAL.toSeconds()) + 2;
        restarted.restartAndRecall(
                Duration.ZERO, Map.of(CPU, past.subList(Math.max(0, past.size() - dwell), past.size())));
        for (int i = 0; i < 200; i++) {
            double ratio = load.next();
            int before = restarted.decisions().size();
            steady.cpu(ratio);
            restarted.cpu(ratio);
            assertThat(restarted.frozen())
                    .as("pass %d: what is frozen without the restart is frozen with it", i)
                    .containsAll(steady.frozen());
            restarted.decisions().subList(before, restarted.decisions().size()).stream()
                    .filter(FreezeDecision.Freeze.class::isInstance)
                    .forEach(freeze -> assertThat(steady.frozen()).contains(freeze.tier()));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void aNodeThatCoolsThawsNoLaterThanItWouldWithoutThePastAndNoEarlierThanWithoutTheRestart(long seed) {
        var random = new Random(seed);
        int cooled = random.nextInt(40);
        var thawed = new HashMap<String, Instant>();
        for (var life : List.of("steady", "recalled", "forgetful")) {
            var pool = PoolUnderTest.with(Policies.settlement());
            var past = new ArrayList<SourceAnswer.Answered>();
            for (int i = 0; i < 30 + cooled; i++) {
                double ratio = i < 30 ? 0.75 : 0.30;
                pool.cpu(ratio);
                past.add(new SourceAnswer.Answered(Map.of(NODE, ratio), pool.now()));
            }
            switch (life) {
                case "recalled" ->
                    pool.restartAndRecall(Duration.ZERO, Map.of(CPU, past.subList(past.size() - 14, past.size())));
                case "forgetful" -> pool.restart(Duration.ZERO);
                default -> {}
            }
            while (!pool.frozen().isEmpty()) {
                pool.cpu(0.30);
                assertThat(pool.now()).isBefore(START.plus(MIN_HOLD.multipliedBy(4)));
            }
            thawed.put(life, pool.now());
        }
        assertThat(thawed.get("recalled"))
                .isAfterOrEqualTo(thawed.get("steady"))
                .isBeforeOrEqualTo(thawed.get("forgetful"));
    }

    private static NodeState recalled(
            PressurePolicy policy, Map<String, NodeState> restored, List<SourceAnswer.Answered> past) {
        return Objects.requireNonNull(SignalHistory.recalled(policy, Set.of(NODE), restored, Map.of(CPU, past))
                .get(NODE));
    }

    private static Instant lastHot(NodeState state) {
        return Objects.requireNonNull(state.frozen().get(BEST_EFFORT)).lastHot();
    }

    /** The passes from a moment on until before another. */
    private static List<SourceAnswer.Answered> passes(Instant from, Instant before, double ratio) {
        var passes = new ArrayList<SourceAnswer.Answered>();
        for (var at = from; at.isBefore(before); at = at.plus(INTERVAL)) {
            passes.add(new SourceAnswer.Answered(Map.of(NODE, ratio), at));
        }
        return passes;
    }

    /** Of the time up to a restart five minutes from now. */
    private static Map<String, List<SourceAnswer.Answered>> past(PoolUnderTest pool, Duration time, double ratio) {
        var now = pool.now().plus(Duration.ofMinutes(5));
        return Map.of(CPU, passes(now.minus(time), now, ratio));
    }
}
