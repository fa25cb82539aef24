package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.pressure.PoolSummary;
import dev.waterline.decision.pressure.PressurePolicy;
import dev.waterline.decision.reading.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PressureConditionsTest {
    @Test
    void aSpecThatIsInEffectAsWrittenIsReady() {
        assertThat(PressureConditions.ready(Switch.NONE, policy(Specs.LADDER).ladder()))
                .isEqualTo(new ConditionFact("Ready", true, "Accepted", "Waterlines are evaluated."));
    }

    @Test
    void aLadderThatIsNotMonotoneAsWrittenShowsTheOneInEffect() {
        var ladder = policy(Specs.LADDER.replace("freezeAbove: 70", "freezeAbove: 90"))
                .ladder();

        assertThat(PressureConditions.ready(Switch.NONE, ladder).message())
                .isEqualTo(
                        "Waterlines are evaluated. Effective ladder: tier best-effort freezes on cpu as early as tier"
                                + " standard, at 82.0 %.");
    }

    @Test
    void aPausedResourceIsReadyAndSaysThatItIsPaused() {
        var ready = PressureConditions.ready(Switch.PAUSED, policy(Specs.LADDER).ladder());

        assertThat(ready.status()).isTrue();
        assertThat(ready.reason()).isEqualTo("Paused");
        assertThat(ready.message()).contains("waterline.dev/paused");
    }

    @Test
    void aSilentSourceIsSaidWithItsCauseAndAbsentNodesAreCounted() {
        var policy = policy(Specs.LADDER);
        var silence = new PoolSummary.Silence(
                Instant.EPOCH, new Reading.Unavailable(Reading.Cause.Timeout, "signal cpu: no complete answer"));

        assertThat(PressureConditions.metrics(policy, summary(Map.of("cpu", silence), Map.of())))
                .isEqualTo(new ConditionFact("MetricsAvailable", false, "Timeout", "signal cpu: no complete answer"));
        assertThat(PressureConditions.metrics(policy, summary(Map.of(), Map.of("cpu", 2))))
                .isEqualTo(new ConditionFact(
                        "MetricsAvailable", true, "NodesAbsent", "2 of 5 nodes have no series for signal cpu."));
        assertThat(PressureConditions.metrics(policy, summary(Map.of(), Map.of()))
                        .reason())
                .isEqualTo("Fresh");
    }

    @Test
    void somethingFrozenEngages() {
        assertThat(PressureConditions.engaged(1).status()).isTrue();
        assertThat(PressureConditions.engaged(0).status()).isFalse();
    }

    @Test
    void enforcementNamesItsObstacleFirstAndThenTheGuard() {
        assertThat(PressureConditions.enforced(List.of("a", "b"), false))
                .isEqualTo(new ConditionFact("Enforced", false, "FloorNotProven", "a; b"));
        assertThat(PressureConditions.enforced(List.of(), false).reason()).isEqualTo("GuardNotAcknowledged");
        assertThat(PressureConditions.enforced(List.of(), true).status()).isTrue();
        assertThat(PressureConditions.dryRun().status()).isFalse();
    }

    private static PoolSummary summary(Map<String, PoolSummary.Silence> silent, Map<String, Integer> absent) {
        var empty = PoolSummary.empty();
        return new PoolSummary(silent, absent, 5, Map.of(), empty.starvedSince(), empty.suspension(), empty.meter());
    }

    private static PressurePolicy policy(String tiers) {
        var resolution = new PolicyMapper(_ -> OptionalInt.empty()).resolve(Specs.withTiers(tiers));
        return ((PolicyResolution.Resolved) resolution).policy();
    }
}
