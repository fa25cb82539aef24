package dev.waterline.decision.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.scaling.ScalingRules.Select;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Where a count is not what HPA would have made it, on purpose: the list of {@code docs/reference/scaledworkload.md}. */
class HpaDeviationsTest {
    private static final Duration COOLDOWN = Duration.ofMinutes(5);
    private static final ScalingPolicy FROM_ZERO = new ScalingPolicy(0, 100, OptionalInt.empty(), COOLDOWN);

    @Test
    void aRolloutsSurgeDoesNotDriftTheCount() {
        var target = new Target(Target.Measure.AVERAGE_VALUE, 10, 0);
        // spec 10, surge 11, ten times the threshold: HPA returns status.replicas, which is 11
        assertThat(ReplicaArithmetic.replicas(target, Tolerance.DEFAULT, 100, 10))
                .isEqualTo(10);
    }

    @Test
    void aValueIsScaledByTheCountAndNotByReadyPods() {
        var target = new Target(Target.Measure.VALUE, 10, 0);
        assertThat(ReplicaArithmetic.replicas(target, Tolerance.DEFAULT, 20, 5)).isEqualTo(10);
    }

    @Test
    void fractionsBelowAThousandthAreNotCutOff() {
        var target = new Target(Target.Measure.AVERAGE_VALUE, 0.0001, 0);
        assertThat(ReplicaArithmetic.replicas(target, Tolerance.DEFAULT, 0.0003, 1))
                .isEqualTo(3);
    }

    @Test
    void itIsWokenFromNothingToItsNumberInOneStep() {
        var play = new Play(FROM_ZERO, 0);
        assertThat(play.at(0, 37)).isEqualTo(37);
    }

    @Test
    void aCountOfZeroIsNotSwitchedOffWhereTheMinimumIsGreater() {
        var play = new Play(new ScalingPolicy(3, 100, OptionalInt.empty(), COOLDOWN), 0);
        assertThat(play.at(0, 1)).isEqualTo(3);
    }

    @Test
    void nothingIsTheEndOfTheSameWayDown() {
        var down = HpaBehaviorTest.rules(0, Select.MAX, "2p/60");
        var play = new Play(
                Workloads.policy(
                        0,
                        100,
                        OptionalInt.empty(),
                        Duration.ofSeconds(90),
                        new ScalingBehavior(ScalingRules.UP, down),
                        Optional.empty()),
                7);
        assertThat(play.at(0, 7)).isEqualTo(7);
        assertThat(play.at(1, 0)).isEqualTo(5);
        assertThat(play.at(61, 0)).isEqualTo(3);
        assertThat(play.at(121, 0)).as("cooled down, but one step at a time").isEqualTo(1);
        assertThat(play.at(181, 0)).isEqualTo(0);
    }

    @Test
    void eventsOfBothDirectionsAreKeptForTheLongestPeriodOfEither() {
        var behavior = new ScalingBehavior(
                HpaBehaviorTest.rules(0, Select.MAX, "100p/1"), HpaBehaviorTest.rules(0, Select.MAX, "2p/600"));
        var play = new Play(Workloads.policy(1, 100, OptionalInt.empty(), COOLDOWN, behavior, Optional.empty()), 10);
        play.at(0, 15);
        play.at(10, 20);
        // HPA has forgotten the first five, which are older than the longest period of scaleUp
        assertThat(play.at(20, 1)).isEqualTo(8);
    }
}
