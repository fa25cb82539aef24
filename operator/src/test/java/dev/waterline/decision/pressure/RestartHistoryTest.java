package dev.waterline.decision.pressure;

import static dev.waterline.decision.pressure.Policies.BEST_EFFORT;
import static dev.waterline.decision.pressure.Policies.MIN_HOLD;
import static dev.waterline.decision.pressure.PoolUnderTest.CPU;
import static dev.waterline.decision.pressure.PoolUnderTest.NODE;
import static dev.waterline.decision.pressure.PoolUnderTest.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.pressure.RestartHistory.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With the samples of a range query a restarted process goes on where the old one was. */
class RestartHistoryTest {
    private static final PressurePolicy POLICY = Policies.settlement();

    @Test
    void aNodeThatWasHotButNotForLongEnoughFreezesWhenItWouldHave() {
        var pool = PoolUnderTest.with(POLICY);
        pool.cpuFor(Duration.ofSeconds(10), 0.75);
        pool.restart(Duration.ZERO, Duration.ofMinutes(10));
        assertThat(pool.frozen()).isEmpty();
        pool.cpu(0.75);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
    }

    @Test
    void aNodeThatHasCooledThawsWhenItWouldHave() {
        var pool = PoolUnderTest.with(POLICY);
        pool.cpuFor(Duration.ofSeconds(15), 0.75);
        pool.cpuFor(MIN_HOLD.minusSeconds(5), 0.50);
        pool.restart(Duration.ZERO, Duration.ofMinutes(10));
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        pool.cpu(0.50);
        assertThat(pool.frozen()).isEmpty();
    }

    @Test
    void aPanicInTheHistoryWasHot() {
        var pool = PoolUnderTest.with(Policies.smoothed(POLICY, Duration.ofMinutes(10)));
        pool.cpu(0.10);
        pool.cpuFor(Duration.ofSeconds(10), 0.96);
        var lastHot = pool.now();
        pool.cpuFor(Duration.ofSeconds(200), 0.10);
        pool.restart(Duration.ZERO, Duration.ofMinutes(10));
        assertThat(lastHot(pool)).isEqualTo(lastHot);
    }

    @Test
    void whatTheSamplesDoNotReachMayHaveBeenHot() {
        var pool = PoolUnderTest.with(POLICY);
        pool.cpuFor(Duration.ofSeconds(15), 0.75);
        pool.cpuFor(Duration.ofSeconds(200), 0.50);
        pool.restart(Duration.ZERO, Duration.ofSeconds(100));
        assertThat(lastHot(pool)).isEqualTo(pool.now().minusSeconds(100));
    }

    @Test
    void soMayWhatLiesInAGap() {
        var pool = PoolUnderTest.with(POLICY);
        pool.cpuFor(Duration.ofSeconds(15), 0.75);
        pool.cpuFor(Duration.ofSeconds(100), 0.50);
        pool.silentFor(Duration.ofSeconds(30));
        pool.cpu(0.50);
        var afterTheGap = pool.now();
        pool.cpuFor(Duration.ofSeconds(50), 0.50);
        pool.restart(Duration.ZERO, Duration.ofMinutes(10));
        assertThat(lastHot(pool)).isEqualTo(afterTheGap);
    }

    @Test
    void withoutSamplesTheNodeWasLastHotNow() {
        var restored = NodeState.restored(Map.of(BEST_EFFORT, START), Map.of(CPU, 0.9), START.plusSeconds(500));
        assertThat(RestartHistory.rebuild(POLICY, Map.of(NODE, restored), Map.of()))
                .isEqualTo(Map.of(NODE, restored));
        assertThat(RestartHistory.rebuild(POLICY, Map.of(NODE, restored), Map.of(CPU, Map.of(NODE, List.of()))))
                .hasEntrySatisfying(NODE, state -> {
                    assertThat(state.frozen()).isEqualTo(restored.frozen());
                    assertThat(state.readings()).isEqualTo(restored.readings());
                });
    }

    @Test
    void aTierThatThePolicyNoLongerHasIsStillThawedByTheStep() {
        var restored = NodeState.restored(Map.of("gone", START), Map.of(), START.plusSeconds(500));
        var samples = Map.of(CPU, Map.of(NODE, List.of(new Sample(START.plusSeconds(490), 0.5))));
        var rebuilt = RestartHistory.rebuild(POLICY, Map.of(NODE, restored), samples);
        var step = PressureStep.evaluate(
                POLICY, Observation.of(Set.of(NODE), Map.of()), rebuilt, PoolSummary.empty(), START.plusSeconds(500));
        assertThat(step.decisions()).containsExactly(new FreezeDecision.Thaw(NODE, "gone", new Evidence.NoWaterline()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.waterline.decision.pressure.Seeds#seeds")
    void aRestartWithTheWholePastAtHandChangesNothingButThatItMayDelayAThaw(long seed) {
        var random = new Random(seed);
        var policy = Policies.with(POLICY, RandomPolicies.next(random).timing());
        var steady = PoolUnderTest.with(Policies.smoothed(policy, Duration.ofSeconds(10L * random.nextInt(3))));
        var restarted = PoolUnderTest.with(steady.policy());
        var load = new RandomLoad(random);
        for (int i = 0; i < 500; i++) {
            if (random.nextInt(40) == 0) {
                restarted.restart(Duration.ZERO, Duration.ofHours(2));
            }
            double ratio = load.next();
            var before = new HashSet<>(restarted.frozen());
            steady.cpu(ratio);
            restarted.cpu(ratio);
            assertThat(restarted.frozen()).containsAll(steady.frozen());
            var froze = new ArrayList<>(restarted.frozen());
            froze.removeAll(before);
            assertThat(steady.frozen()).containsAll(froze);
        }
    }

    private static Instant lastHot(PoolUnderTest pool) {
        return pool.state().frozen().values().iterator().next().lastHot();
    }
}
