package dev.waterline.decision.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.scaling.ScalingDecision.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What people switch, and frozen nodes. */
class RestraintsTest {
    private static final double FAILS = Double.NaN;
    private static final Optional<String> SET = Optional.of("annotation x");

    private final Play play = new Play(Workloads.policy(0, 10, OptionalInt.empty(), Duration.ofSeconds(100)), 4);

    @Test
    void aPauseKeepsTheCountWhateverTheTriggersAsk() {
        play.switched(pausedAt(OptionalInt.empty()));
        assertThat(play.at(0)).isEqualTo(4);
        assertThat(play.poll(15).decision().reason()).isEqualTo(Reason.Paused);
    }

    @Test
    void aPauseAtACountGoesThereBeyondItsBoundsAndStays() {
        play.switched(pausedAt(OptionalInt.of(25)));
        assertThat(play.at(0)).isEqualTo(25);
        assertThat(play.at(15)).isEqualTo(25);
        play.switched(pausedAt(OptionalInt.of(0)));
        assertThat(play.at(30)).isZero();
    }

    @Test
    void aPauseOutdoesThePauseOfOneDirection() {
        play.switched(new Switches(
                Optional.of(new Switches.Pause("annotation p", OptionalInt.of(1))), SET, SET, Optional.empty()));
        assertThat(play.at(0)).isEqualTo(1);
    }

    @Test
    void afterAPauseTheFirstWindowScalesUpOnly() {
        var stabilized = new Play(new ScalingPolicy(1, 10, OptionalInt.empty(), Duration.ZERO), 4);
        assertThat(stabilized.at(0, 4)).isEqualTo(4);
        stabilized.switched(pausedAt(OptionalInt.empty()));
        assertThat(stabilized.at(15)).isEqualTo(4);
        stabilized.switched(Switches.NONE);
        assertThat(stabilized.at(1000, 2)).isEqualTo(4);
        assertThat(stabilized.at(1301, 2)).isEqualTo(2);
    }

    @Test
    void scaleInPausedLetsItGoUpOnly() {
        play.switched(new Switches(Optional.empty(), SET, Optional.empty(), Optional.empty()));
        var step = play.poll(0, 2);
        assertThat(step.decision().to()).isEqualTo(4);
        assertThat(step.decision().limits()).containsExactly(new Limit(Limit.Kind.ScaleInPaused, 2, 4, SET));
        assertThat(play.at(15, 7)).isEqualTo(7);
        assertThat(play.at(500, 0)).as("nor to rest").isEqualTo(7);
        play.switched(Switches.NONE);
        assertThat(play.at(515, 0)).isZero();
    }

    @Test
    void scaleOutPausedLetsItGoDownOnly() {
        play.switched(new Switches(Optional.empty(), Optional.empty(), SET, Optional.empty()));
        var step = play.poll(0, 7);
        assertThat(step.decision().to()).isEqualTo(4);
        assertThat(step.decision().limits()).containsExactly(new Limit(Limit.Kind.ScaleOutPaused, 7, 4, SET));
        assertThat(play.at(15, 2)).isEqualTo(2);
        assertThat(play.at(200, 0)).isZero();
        assertThat(play.at(215, 5)).as("nor from rest").isZero();
    }

    @Test
    void forcedActivationWakesItAndKeepsItFromRest() {
        play.switched(new Switches(Optional.empty(), Optional.empty(), Optional.empty(), SET));
        assertThat(play.at(0, 0)).isEqualTo(1);
        var step = play.poll(1000, 0);
        assertThat(step.decision().to()).isEqualTo(1);
        assertThat(step.decision().reason()).isEqualTo(Reason.ForcedActivation);
        assertThat(step.active()).isTrue();
        assertThat(step.isForced()).isTrue();
        assertThat(play.at(1015, 6)).isEqualTo(6);
        play.set(0);
        assertThat(play.at(1030, FAILS)).as("even where nothing can be read").isEqualTo(1);
        play.switched(Switches.NONE);
        assertThat(play.at(1045, 0)).isEqualTo(1);
        assertThat(play.at(1130, 0)).isZero();
    }

    @Test
    void frozenNodesHoldTheWayUpOnly() {
        play.frozen(Optional.of("PriorityWaterline settlement"));
        var step = play.poll(0, 7);
        assertThat(step.decision().to()).isEqualTo(4);
        assertThat(step.decision().limits())
                .containsExactly(new Limit(Limit.Kind.NodesFrozen, 7, 4, Optional.of("PriorityWaterline settlement")));
        assertThat(ScalingSentence.of(step.decision()))
                .contains("PriorityWaterline settlement has frozen every node that they could use");
        assertThat(play.at(15, 2)).isEqualTo(2);
        assertThat(play.at(200, 0)).isZero();
        assertThat(play.at(215, 5)).isZero();
        play.frozen(Optional.empty());
        assertThat(play.at(230, 5)).isEqualTo(5);
    }

    @Test
    void whoeverIgnoresFrozenNodesGoesUp() {
        play.edited(new ScalingPolicy(
                0,
                10,
                OptionalInt.empty(),
                Duration.ZERO,
                Duration.ZERO,
                Tolerance.DEFAULT,
                Optional.of(Workloads.UNLIMITED),
                Optional.empty(),
                ScalingPolicy.WhenFrozen.IGNORE));
        play.frozen(Optional.of("PriorityWaterline settlement"));
        assertThat(play.at(0, 7)).isEqualTo(7);
    }

    private static Switches pausedAt(OptionalInt replicas) {
        return new Switches(
                Optional.of(new Switches.Pause("annotation p", replicas)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
