package dev.waterline.decision.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.scaling.Fallback.Behavior;
import dev.waterline.decision.scaling.ScalingDecision.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FallbackTest {
    private static final double FAILS = Double.NaN;

    @ParameterizedTest(name = "{0} replicas, fallback {2} {1}: {3}")
    @CsvSource({
        "5, STATIC,                     3, 3",
        "2, STATIC,                     3, 3",
        "5, CURRENT_REPLICAS,           3, 5",
        "2, CURRENT_REPLICAS,           3, 2",
        "5, CURRENT_REPLICAS_IF_HIGHER, 3, 5",
        "2, CURRENT_REPLICAS_IF_HIGHER, 3, 3",
        "5, CURRENT_REPLICAS_IF_LOWER,  3, 3",
        "2, CURRENT_REPLICAS_IF_LOWER,  3, 2",
        "5, STATIC,                     500, 10",
        "5, STATIC,                     0, 1",
    })
    void eachBehaviorIsACount(int present, Behavior behavior, int replicas, int to) {
        var play = play(1, present, new Fallback(0, replicas, behavior));
        var step = play.poll(0, FAILS);
        assertThat(step.decision().to()).isEqualTo(to);
        assertThat(step.decision().reason()).isEqualTo(Reason.Fallback);
        for (int second = 15; second < 600; second += 15) {
            assertThat(play.at(second, FAILS)).isEqualTo(to);
        }
    }

    @Test
    void itCountsAfterSoManyFailuresInARow() {
        var play = play(1, 2, new Fallback(3, 6, Behavior.STATIC));
        assertThat(play.at(0, FAILS)).isEqualTo(2);
        assertThat(play.at(15, FAILS)).isEqualTo(2);
        assertThat(play.at(30, 2)).as("an answer begins the count anew").isEqualTo(2);
        assertThat(play.at(45, FAILS)).isEqualTo(2);
        assertThat(play.at(60, FAILS)).isEqualTo(2);
        assertThat(play.at(75, FAILS)).isEqualTo(2);
        assertThat(play.at(90, FAILS)).isEqualTo(6);
        assertThat(play.at(105, 3)).isEqualTo(3);
    }

    @Test
    void healthyTriggersAreNotCutToIt() {
        var play = play(1, 5, new Fallback(0, 3, Behavior.STATIC));
        assertThat(play.at(0, FAILS, 8)).isEqualTo(8);
        assertThat(play.at(15, FAILS, 2))
                .as("the greater of fallback and the rest")
                .isEqualTo(3);
    }

    @Test
    void aTriggerThatHasNotFailedForLongEnoughStillHolds() {
        var play = play(1, 5, new Fallback(2, 3, Behavior.STATIC));
        play.at(0, FAILS, 5);
        play.at(15, FAILS, 5);
        assertThat(play.at(30, FAILS, FAILS))
                .as("the first falls back, the second holds")
                .isEqualTo(5);
        assertThat(play.at(45, FAILS, FAILS)).isEqualTo(5);
        assertThat(play.at(60, FAILS, FAILS)).isEqualTo(3);
    }

    @Test
    void anOutageWakesAWorkloadToItsFallback() {
        var play = play(0, 0, new Fallback(1, 6, Behavior.STATIC));
        assertThat(play.at(0, FAILS)).isZero();
        assertThat(play.at(15, FAILS)).isEqualTo(6);
    }

    @Test
    void aFallbackOfNoneLetsItRestAfterTheCooldown() {
        var play = play(0, 2, new Fallback(0, 0, Behavior.STATIC));
        assertThat(play.at(0, 2)).isEqualTo(2);
        assertThat(play.at(15, FAILS)).isEqualTo(1);
        assertThat(play.at(99, FAILS)).isEqualTo(1);
        assertThat(play.at(100, FAILS)).isZero();
    }

    @Test
    void withoutAFallbackItHoldsForEver() {
        var play = new Play(Workloads.policy(1, 10, OptionalInt.empty(), Duration.ZERO), 5);
        for (int second = 0; second < 10_000; second += 15) {
            assertThat(play.at(second, FAILS)).isEqualTo(5);
        }
    }

    private static Play play(int min, int present, Fallback fallback) {
        return new Play(
                Workloads.policy(
                        min,
                        10,
                        OptionalInt.empty(),
                        Duration.ofSeconds(100),
                        Workloads.UNLIMITED,
                        Optional.of(fallback)),
                present);
    }
}
