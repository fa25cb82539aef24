package dev.waterline.decision.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.reading.Reading;
import dev.waterline.decision.scaling.ScalingDecision.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WayToRestTest {
    private static final Duration COOLDOWN = Duration.ofSeconds(100);

    @Test
    void theCooldownDelaysOnlyTheLastStep() {
        var play = new Play(Workloads.policy(0, 10, OptionalInt.empty(), COOLDOWN), 5);
        assertThat(play.at(0, 5)).isEqualTo(5);
        assertThat(play.at(10, 0)).isEqualTo(1);
        assertThat(play.at(99, 0)).isEqualTo(1);
        assertThat(play.at(100, 0)).isEqualTo(0);
    }

    @Test
    void cooldownAndStabilizationRunAtTheSameTime() {
        var play = new Play(new ScalingPolicy(0, 10, OptionalInt.empty(), Duration.ofMinutes(5)), 5);
        assertThat(play.at(0, 5)).isEqualTo(5);
        for (int second = 15; second <= 300; second += 15) {
            assertThat(play.at(second, 0)).isEqualTo(5);
        }
        assertThat(play.at(301, 0)).isEqualTo(0);
    }

    @Test
    void aValueUpToTheActivationThresholdDoesNotDelayRestBeyondTheCooldown() {
        var policy = new ScalingPolicy(0, 10, OptionalInt.empty(), Duration.ofMinutes(5));
        var state = ScalingState.fresh(Play.START);
        var target = new Target(Target.Measure.AVERAGE_VALUE, 10, 50);
        int present = 4;
        for (int second = 0; second <= 315; second += 15) {
            var now = Play.START.plusSeconds(second);
            var reading = new TriggerReading("t", target, new Reading.Fresh(40, now));
            var step = ScalingStep.evaluate(policy, state, new ScalingInput(present, List.of(reading)), now);
            state = step.state();
            present = step.decision().to();
            assertThat(present).isEqualTo(second <= 300 ? 4 : 0);
        }
    }

    @Test
    void idleMayBeAnyNumberBelowTheMinimum() {
        var play = new Play(Workloads.policy(4, 10, OptionalInt.of(2), COOLDOWN), 6);
        assertThat(play.at(0, 6)).isEqualTo(6);
        assertThat(play.at(50, 0)).isEqualTo(4);
        assertThat(play.at(100, 0)).isEqualTo(2);
        assertThat(play.at(200, 0)).isEqualTo(2);
        assertThat(play.at(201, 9)).isEqualTo(9);
    }

    @Test
    void theStepFromTheMinimumToIdleIsOneWhateverItsSize() {
        var behavior = new ScalingBehavior(ScalingRules.UP, HpaBehaviorTest.rules(0, ScalingRules.Select.MAX, "2p/60"));
        var play = new Play(Workloads.policy(4, 10, OptionalInt.of(0), Duration.ZERO, behavior, Optional.empty()), 7);
        assertThat(play.at(0, 7)).isEqualTo(7);
        assertThat(play.at(10, 0)).isEqualTo(5);
        assertThat(play.at(80, 0)).as("not below the minimum, nor past it").isEqualTo(4);
        assertThat(play.at(90, 0)).as("one of the two is left").isEqualTo(0);
    }

    @Test
    void aWorkloadThatNeverWasActiveRestsAfterTheInitialCooldown() {
        var policy = new ScalingPolicy(
                0,
                10,
                OptionalInt.empty(),
                Duration.ofHours(1),
                Duration.ofSeconds(30),
                Tolerance.DEFAULT,
                Optional.of(Workloads.UNLIMITED),
                Optional.empty(),
                ScalingPolicy.WhenFrozen.HOLD);
        var play = new Play(policy, 2);
        assertThat(play.at(29, 0)).isEqualTo(1);
        assertThat(play.at(30, 0)).isEqualTo(0);
        assertThat(play.at(31, 2)).isEqualTo(2);
        assertThat(play.at(120, 0)).as("now the other one holds").isEqualTo(1);
    }

    @Test
    void nobodyRestsWhileATriggerFails() {
        var play = new Play(Workloads.policy(0, 10, OptionalInt.empty(), COOLDOWN), 1);
        assertThat(play.at(500, 0, Double.NaN)).isEqualTo(1);
        assertThat(play.at(515, 0, 0)).isEqualTo(0);
        assertThat(play.poll(530, 0, Double.NaN).decision().reason()).isEqualTo(Reason.SomeTriggersFailed);
    }

    @Test
    void anyValueAboveTheActivationThresholdWakesIt() {
        var play = new Play(Workloads.policy(0, 10, OptionalInt.empty(), COOLDOWN), 0);
        assertThat(play.at(0, 0.01)).isEqualTo(1);
    }
}
