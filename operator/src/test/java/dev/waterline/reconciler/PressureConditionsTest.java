package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.api.v1alpha1.Signal;
import dev.waterline.decision.pressure.PoolSummary;
import dev.waterline.decision.pressure.PressurePolicy;
import dev.waterline.decision.pressure.Shift;
import dev.waterline.decision.reading.Reading;
import dev.waterline.decision.window.Settlement;
import dev.waterline.decision.window.SettlementState;
import dev.waterline.decision.window.SettlementTerm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PressureConditionsTest {
    private static final List<Signal> CPU = List.of(Specs.signal("cpu", null, "q"));

    @Test
    void aSpecThatIsInEffectAsWrittenIsReady() {
        assertThat(PressureConditions.ready(Switch.NONE, policy(Specs.LADDER).ladder(), List.of()))
                .isEqualTo(new ConditionFact("Ready", true, "Accepted", "Waterlines are evaluated."));
    }

    @Test
    void aLadderThatIsNotMonotoneAsWrittenShowsTheOneInEffect() {
        var ladder = policy(Specs.LADDER.replace("freezeAbove: 70", "freezeAbove: 90"))
                .ladder();

        assertThat(PressureConditions.ready(Switch.NONE, ladder, List.of()).message())
                .isEqualTo(
                        "Waterlines are evaluated. Effective ladder: tier best-effort freezes on cpu as early as tier"
                                + " standard, at 82.0 %.");
    }

    @Test
    void aPausedResourceIsReadyAndSaysThatItIsPaused() {
        var ready = PressureConditions.ready(Switch.PAUSED, policy(Specs.LADDER).ladder(), List.of());

        assertThat(ready.status()).isTrue();
        assertThat(ready.reason()).isEqualTo("Paused");
        assertThat(ready.message()).contains("waterline.dev/paused");
    }

    @Test
    void aWindowThatCannotBeFollowedIsNamedWithItsFieldAndTheRestGoesOn() {
        var ready = PressureConditions.ready(
                Switch.NONE, policy(Specs.LADDER).ladder(), List.of("spec.windows[1].timeZone: 'Mars' is not one"));

        assertThat(ready)
                .isEqualTo(new ConditionFact(
                        "Ready",
                        false,
                        "InvalidWindow",
                        "spec.windows[1].timeZone: 'Mars' is not one. Until then the window is ignored; everything else is"
                                + " in effect."));
    }

    @Test
    void theSettlementConditionIsAboutTheWorstAndTellsOfAll() {
        var settlements = new TreeMap<String, Settlement>();
        settlements.put("a", settlement(SettlementState.Met, "a is done"));
        settlements.put("b", settlement(SettlementState.AtRisk, "b is late"));

        assertThat(PressureConditions.settlement(settlements))
                .hasValue(new ConditionFact("Settlement", false, "AtRisk", "a is done. b is late."));
        assertThat(PressureConditions.settlement(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"NoWork, false", "OnTrack, true", "AtRisk, false", "Critical, false", "Met, true", "Missed, false"})
    void onlyWorkThatWillBeOrWasDoneInTimeIsTrue(SettlementState state, boolean status) {
        assertThat(PressureConditions.settlement(Map.of("a", settlement(state, "so")))
                        .orElseThrow()
                        .status())
                .isEqualTo(status);
    }

    @Test
    void aSilentSourceIsSaidWithItsCauseAndAbsentNodesAreCounted() {
        var silence = new PoolSummary.Silence(
                Instant.EPOCH, new Reading.Unavailable(Reading.Cause.Timeout, "signal cpu: no complete answer"));

        assertThat(PressureConditions.metrics(CPU, summary(Map.of("cpu", silence), Map.of()), 5, Map.of()))
                .isEqualTo(new ConditionFact("MetricsAvailable", false, "Timeout", "signal cpu: no complete answer"));
        assertThat(PressureConditions.metrics(CPU, summary(Map.of(), Map.of("cpu", 2)), 5, Map.of()))
                .isEqualTo(new ConditionFact(
                        "MetricsAvailable", true, "NodesAbsent", "2 of 5 nodes have no series for signal cpu."));
        assertThat(PressureConditions.metrics(CPU, summary(Map.of(), Map.of()), 5, Map.of())
                        .reason())
                .isEqualTo("Fresh");
    }

    @Test
    void whereNodesAreAbsentTheSeriesThatMatchNoNodeAreSaidAndElseTheyAreNot() {
        var unmatched = Map.of("cpu", UnmatchedSeries.NONE.and("10.0.0.9:9100").and("10.0.0.7:9100"));

        assertThat(PressureConditions.metrics(CPU, summary(Map.of(), Map.of("cpu", 2)), 5, unmatched)
                        .message())
                .isEqualTo(
                        "2 of 5 nodes have no series for signal cpu; 2 series of signal cpu match no node, for example"
                                + " 10.0.0.7:9100: let label node hold names or addresses of Nodes, or set nodeLabel to"
                                + " one that does.");
        assertThat(PressureConditions.metrics(CPU, summary(Map.of(), Map.of()), 5, unmatched)
                        .reason())
                .isEqualTo("Fresh");
    }

    @Test
    void aPoolWithoutNodesIsSaid() {
        assertThat(PressureConditions.metrics(CPU, PoolSummary.empty(), 0, Map.of()))
                .isEqualTo(new ConditionFact(
                        "MetricsAvailable",
                        true,
                        "NoNodes",
                        "spec.nodeSelector selects no node of the cluster, so nothing is measured or frozen."));
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

    private static Settlement settlement(SettlementState state, String told) {
        var term = new SettlementTerm(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
        return Settlement.restored(term, state, 1, 0, Optional.empty(), told);
    }

    private static PressurePolicy policy(String tiers) {
        var resolution = new PolicyMapper(_ -> OptionalInt.empty())
                .resolve(Specs.withTiers(tiers), WindowsNow.none(), Shift.NONE);
        return ((PolicyResolution.Resolved) resolution).policy();
    }
}
