package dev.waterline.decision.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.override.NodeOverride;
import dev.waterline.decision.pressure.Evidence;
import dev.waterline.decision.pressure.FreezeDecision;
import dev.waterline.decision.pressure.FrozenTier;
import dev.waterline.decision.pressure.Threshold;
import dev.waterline.decision.pressure.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ReasonChainTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final Instant SAMPLED = Instant.parse("2026-07-01T11:59:58Z");
    private static final Instant HOT = Instant.parse("2026-07-01T11:50:00Z");
    private static final Duration TEN = Duration.ofSeconds(10);
    private static final Threshold CPU = new Threshold("cpu", 0.82, 0.75, "standard");
    private static final Timing TIMING =
            new Timing(TEN, Duration.ofMinutes(1), Duration.ofMinutes(5), 0.95, Duration.ofSeconds(15));

    @Test
    void aFreezeGoesFromReadingToAverageToLevelToDwell() {
        assertThat(ReasonChain.of(freeze(new Evidence.Hot(CPU, 0.83, TEN))))
                .containsExactly(
                        new Reason.Reading("cpu", 0.91, SAMPLED),
                        new Reason.Smoothed("cpu", 0.83),
                        new Reason.Level("cpu", Reason.Bound.FREEZE_ABOVE, 0.82, "Spec", Optional.of("standard")),
                        new Reason.Dwell(TEN));
    }

    @Test
    void aPanicHasNoAverageAndNoDwell() {
        assertThat(ReasonChain.of(freeze(new Evidence.Panic("cpu", 0.91, 0.95))))
                .containsExactly(
                        new Reason.Reading("cpu", 0.91, SAMPLED),
                        new Reason.Level("cpu", Reason.Bound.PANIC_ABOVE, 0.95, "Spec", Optional.empty()));
    }

    @Test
    void aThawSaysWhatHoldHadToPass() {
        assertThat(ReasonChain.of(thaw(new Evidence.Cooled(CPU, 0.7, TEN))))
                .containsExactly(
                        new Reason.Reading("cpu", 0.91, SAMPLED),
                        new Reason.Smoothed("cpu", 0.7),
                        new Reason.Level("cpu", Reason.Bound.THAW_BELOW, 0.75, "Spec", Optional.of("standard")),
                        new Reason.Dwell(TEN),
                        new Reason.Hold(Duration.ofMinutes(5), HOT));
    }

    @Test
    void severalReasonsFollowEachOtherAndTheHoldComesOnce() {
        assertThat(ReasonChain.of(thaw(new Evidence.Several(
                        List.of(new Evidence.NeverSeen("memory"), new Evidence.OutageOver("cpu", TEN))))))
                .containsExactly(
                        new Reason.NeverSeen("memory"),
                        new Reason.OutageOver("cpu", TEN),
                        new Reason.Hold(Duration.ofMinutes(5), HOT));
    }

    @Test
    void reservedGrowthStandsBetweenAverageAndLevel() {
        assertThat(ReasonChain.of(freeze(new Evidence.HotWithReserved(CPU, 0.8, 0.05, TEN))))
                .containsSubsequence(
                        new Reason.Smoothed("cpu", 0.8),
                        new Reason.Reserved("cpu", 0.05),
                        new Reason.Level("cpu", Reason.Bound.FREEZE_ABOVE, 0.82, "Spec", Optional.of("standard")));
    }

    @Test
    void whatNoNumberBacksIsNamed() {
        assertThat(ReasonChain.of(freeze(new Evidence.HigherTier("critical"))))
                .containsExactly(new Reason.HigherTier("critical"));
        assertThat(ReasonChain.of(thaw(new Evidence.NotSelected()))).containsExactly(Reason.Circumstance.NOT_SELECTED);
        assertThat(ReasonChain.of(thaw(new Evidence.Ordered("waterline.dev/thaw-all"))))
                .containsExactly(new Reason.Switched("waterline.dev/thaw-all"));
    }

    @Test
    void aReadingThatIsOnlyRememberedIsNoReading() {
        var change = new Change.OfTier(
                new FreezeDecision.Freeze("n1", "standard", new Evidence.Hot(CPU, 0.83, TEN)),
                OptionalInt.of(9000),
                List.of(new Change.Input("cpu", Double.NaN, 0.83, SAMPLED)),
                Optional.empty(),
                TIMING);

        assertThat(ReasonChain.of(change).getFirst()).isEqualTo(new Reason.Smoothed("cpu", 0.83));
    }

    @Test
    void theSentenceNamesNumberThresholdOriginAndSampleTime() {
        assertThat(sentence(freeze(new Evidence.Hot(CPU, 0.83, TEN)), true))
                .isEqualTo(
                        "Froze tier standard on node n1: cpu is at 83.0 % and has been at or above 82.0 % (set by tier"
                                + " standard) for 10s (last sample: cpu 91.0 % at 2026-07-01T11:59:58Z)");
        assertThat(sentence(freeze(new Evidence.HigherTier("critical")), false))
                .isEqualTo("DryRun: Froze tier standard on node n1: tier critical above it is frozen");
    }

    @Test
    void anOverrideSaysWhatItDoesAndUntilWhen() {
        var freeze = new NodeOverride.Freeze(1000, NOW);
        assertThat(sentence(new Change.Overridden("n1", freeze, true), true))
                .isEqualTo("Node n1 is frozen below priority 1000 by a person's override until 2026-07-01T12:00:00Z");
        assertThat(sentence(new Change.Overridden("n1", freeze, false), true))
                .isEqualTo("The override that froze node n1 below priority 1000 has ended");
        assertThat(sentence(new Change.Overridden("n1", new NodeOverride.Thaw(NOW), true), true))
                .isEqualTo(
                        "Node n1 is kept thawed by a person's override until 2026-07-01T12:00:00Z, whatever waterlines"
                                + " want");
        assertThat(sentence(new Change.Overridden("n1", new NodeOverride.Thaw(NOW), false), true))
                .isEqualTo("The override that kept node n1 thawed has ended");
    }

    private static String sentence(Change change, boolean enforced) {
        return DecisionSentence.of(
                new DecisionRecord("id", NOW, Optional.of(new DecisionRecord.Policy("core", 1, enforced)), change));
    }

    private static Change.OfTier freeze(Evidence why) {
        return of(new FreezeDecision.Freeze("n1", "standard", why), Optional.empty());
    }

    private static Change.OfTier thaw(Evidence why) {
        return of(
                new FreezeDecision.Thaw("n1", "standard", why),
                Optional.of(new FrozenTier(HOT, HOT, new Evidence.Restored())));
    }

    private static Change.OfTier of(FreezeDecision decision, Optional<FrozenTier> before) {
        return new Change.OfTier(
                decision,
                OptionalInt.of(9000),
                List.of(new Change.Input("cpu", 0.91, 0.83, SAMPLED), new Change.Input("memory", 0.4, 0.4, SAMPLED)),
                before,
                TIMING);
    }
}
