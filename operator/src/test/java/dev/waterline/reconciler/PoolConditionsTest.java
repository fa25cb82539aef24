package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.pressure.PoolLimits;
import dev.waterline.decision.pressure.PoolSummary;
import dev.waterline.decision.pressure.PoolSummary.Suspension;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoolConditionsTest {
    private static final String PLAIN = "- {name: low, waterlines: [{signal: cpu, freezeAbove: 70, thawBelow: 60}]}";
    private static final String RELIEF =
            "- {name: low, waterlines: [{signal: cpu, freezeAbove: 70, thawBelow: 60}], relief: {evict: {above: 90}}}";

    @Test
    void aStarvedTierIsNamedWithTheTimeSinceWhenItIs() {
        var summary = summary(Map.of("low", Instant.parse("2026-07-01T12:00:00Z")), new Suspension(false, Set.of()));
        var fact = PoolConditions.starved(summary, PoolLimits.DEFAULT);
        assertThat(fact.status()).isTrue();
        assertThat(fact.reason()).isEqualTo("TierFrozenEverywhere");
        assertThat(fact.message()).contains("Tier low has been frozen since 2026-07-01T12:00:00Z", "(30 min)");
        assertThat(PoolConditions.starved(PoolSummary.empty(), PoolLimits.DEFAULT)
                        .status())
                .isFalse();
    }

    @Test
    void suspensionIsToldForThePoolBeforeItsZonesAndOnlyWhereSomethingIsEvicted() {
        var everywhere = summary(Map.of(), new Suspension(true, Set.of("a")));
        var zones = summary(Map.of(), new Suspension(false, Set.of("b", "a")));
        var spec = Specs.withTiers(RELIEF);
        assertThat(PoolConditions.reliefSuspended(spec, everywhere)).hasValueSatisfying(fact -> {
            assertThat(fact.reason()).isEqualTo("PoolUnderPressure");
            assertThat(fact.message()).contains("33 %");
        });
        assertThat(PoolConditions.reliefSuspended(spec, zones)).hasValueSatisfying(fact -> {
            assertThat(fact.reason()).isEqualTo("ZoneUnderPressure");
            assertThat(fact.message()).contains("55 %", "a, b");
        });
        assertThat(PoolConditions.reliefSuspended(spec, PoolSummary.empty()))
                .hasValueSatisfying(fact -> assertThat(fact.status()).isFalse());
        assertThat(PoolConditions.reliefSuspended(Specs.withTiers(PLAIN), everywhere))
                .isEmpty();
    }

    private static PoolSummary summary(Map<String, Instant> starved, Suspension suspension) {
        var empty = PoolSummary.empty();
        return new PoolSummary(Map.of(), Map.of(), 3, Map.of(), starved, suspension, empty.meter());
    }
}
