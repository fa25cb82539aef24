package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.waterline.decision.pressure.Outage;
import dev.waterline.decision.pressure.PoolLimits;
import dev.waterline.decision.pressure.PressurePolicy;
import dev.waterline.decision.pressure.Shift;
import dev.waterline.decision.pressure.Signal;
import dev.waterline.decision.pressure.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PolicyMapperTest {
    private static final Map<String, Integer> CLASSES = Map.of("gold", 9000, "sunk", -5);
    private final PolicyMapper mapper = new PolicyMapper(
            name -> CLASSES.containsKey(name) ? OptionalInt.of(CLASSES.getOrDefault(name, 0)) : OptionalInt.empty());

    @Test
    void percentagesBecomeRatiosAndTextsDurations() {
        var policy = resolved(Specs.LADDER);

        assertThat(policy.signals())
                .containsExactly(
                        new Signal("cpu", Duration.ZERO, 1.5, Optional.of(Signal.Resource.CPU), Duration.ofMinutes(1)));
        assertThat(policy.limits()).isEqualTo(new PoolLimits(0.05, Duration.ofMinutes(30), 0.33, 0.55));
        assertThat(policy.timing())
                .isEqualTo(new Timing(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(90),
                        Duration.ofMinutes(5),
                        0.95,
                        Duration.ofSeconds(15)));
        assertThat(policy.outage()).isEqualTo(new Outage(Duration.ofMinutes(4), false));
        var lowest = policy.ladder().tiers().getFirst().waterlines().getFirst();
        assertThat(lowest.freezeAbove()).isEqualTo(0.70, offset(1e-12));
        assertThat(lowest.thawBelow()).isEqualTo(0.625, offset(1e-12));
        assertThat(policy.ladder().floors()).containsExactly(1000, 9000);
    }

    @Test
    void aTierMayBeginAtTheValueOfAPriorityClass() {
        var policy = resolved(Specs.LADDER.replace("minPriority: 9000", "priorityClassName: gold"));

        assertThat(policy.ladder().floors()).containsExactly(1000, 9000);
    }

    @Test
    void aMissingPriorityClassIsNamedWithItsField() {
        assertThat(unresolved(Specs.LADDER.replace("minPriority: 9000", "priorityClassName: absent")))
                .isEqualTo(new PolicyResolution.Unresolved(
                        "PriorityClassNotFound",
                        "spec.tiers[2].priorityClassName: there is no PriorityClass absent (yet); create it or correct the"
                                + " name"));
    }

    @Test
    void aPriorityClassWithANegativeValueIsRefusedWithItsField() {
        assertThat(unresolved(Specs.LADDER.replace("minPriority: 1000", "priorityClassName: sunk")))
                .isEqualTo(new PolicyResolution.Unresolved(
                        "NegativePriority",
                        "spec.tiers[1].priorityClassName: PriorityClass sunk has the negative value -5; a tier begins at 0"
                                + " or above"));
    }

    @Test
    void aLadderThatDoesNotAscendIsRefusedWithItsField() {
        var refusal = unresolved(Specs.LADDER.replace("minPriority: 9000", "minPriority: 1000"));

        assertThat(refusal.reason()).isEqualTo("InvalidLadder");
        assertThat(refusal.message())
                .startsWith("spec.tiers: tier critical begins at priority 1000")
                .contains("standard");
    }

    @Test
    void aThawAtTheFreezeIsRefusedWithItsField() {
        var refusal = unresolved(Specs.LADDER.replace("thawBelow: 75", "thawBelow: 82"));

        assertThat(refusal.reason()).isEqualTo("InvalidLadder");
        assertThat(refusal.message()).startsWith("spec.tiers[1].waterlines: ").contains("thawBelow");
    }

    @Test
    void aWindowThatIsInEffectReplacesItsTiersWaterline() {
        assertThat(at("2026-11-26T13:44:59Z", Shift.NONE)
                        .ladder()
                        .thresholds(1)
                        .getFirst()
                        .freezeAbove())
                .isEqualTo(0.82, offset(1e-12));
        assertThat(at("2026-11-26T13:45:00Z", new Shift(-2))
                        .ladder()
                        .thresholds(1)
                        .getFirst()
                        .freezeAbove())
                .isEqualTo(0.58, offset(1e-12));
    }

    @Test
    void whileAWindowProtectsThePolicyDoesToo() {
        assertThat(at("2026-11-26T13:44:59Z", Shift.NONE).protecting()).isFalse();
        assertThat(at("2026-11-26T13:45:00Z", Shift.NONE).protecting()).isTrue();
    }

    @Test
    void aWindowThatFitsNoTierOrSignalIsRefusedWithItsField() {
        assertThat(unresolved(Specs.LADDER + Specs.SETTLEMENT.replace("signal: cpu", "signal: heat")))
                .isEqualTo(new PolicyResolution.Unresolved(
                        "InvalidLadder",
                        "spec.windows: window t0-settlement has a waterline for signal heat, which spec.signals does not"
                                + " have: add it or correct the name"));
        assertThat(unresolved(Specs.LADDER + Specs.SETTLEMENT.replace("{name: standard", "{name: other"))
                        .message())
                .contains("window t0-settlement names tier other");
    }

    private PressurePolicy at(String now, Shift shift) {
        var spec = Specs.withTiers(Specs.LADDER + Specs.SETTLEMENT, "Thaw");
        var windows = new WindowCalendar().at(spec.windows(), Instant.parse(now));
        return ((PolicyResolution.Resolved) mapper.resolve(spec, windows, shift)).policy();
    }

    private PressurePolicy resolved(String tiers) {
        return ((PolicyResolution.Resolved) mapper.resolve(Specs.withTiers(tiers), WindowsNow.none(), Shift.NONE))
                .policy();
    }

    private PolicyResolution.Unresolved unresolved(String tiers) {
        return (PolicyResolution.Unresolved) mapper.resolve(Specs.withTiers(tiers), WindowsNow.none(), Shift.NONE);
    }
}
