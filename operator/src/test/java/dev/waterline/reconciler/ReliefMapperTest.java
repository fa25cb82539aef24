package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.api.v1alpha1.PriorityWaterlineSpec;
import dev.waterline.decision.pressure.Shift;
import dev.waterline.decision.relief.PriorityRange;
import dev.waterline.decision.relief.ReliefTier;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ReliefMapperTest {
    private static final String SPEC = """
            signals: [{name: cpu, prometheus: {query: q}}, {name: psi, prometheus: {query: q}}]
            tiers:
            - name: best-effort
              waterlines: [{signal: cpu, freezeAbove: 70, thawBelow: 62}, {signal: psi, freezeAbove: 40, thawBelow: 30}]
              relief: {throttle: {above: 88}, evict: {above: 93}}
            - name: standard
              minPriority: 1000
              waterlines: [{signal: cpu, freezeAbove: 82, thawBelow: 75}]
            - name: critical
              minPriority: 100000
            """;

    @Test
    void percentagesBecomeRatiosAndDefaultsHold() {
        assertThat(tiers(SPEC))
                .isEqualTo(List.of(new ReliefTier(
                        "best-effort",
                        new PriorityRange(Integer.MIN_VALUE, 1000),
                        "cpu",
                        0.70,
                        Duration.ofSeconds(60),
                        Optional.of(new ReliefTier.Throttle(0.88, Duration.ofSeconds(60), 50)),
                        Optional.of(new ReliefTier.Evict(0.93, Duration.ofSeconds(180), 2)))));
    }

    @Test
    void aNamedSignalIsTakenInsteadOfTheFirst() {
        assertThat(tiers(SPEC.replace("{throttle", "{signal: psi, throttle")))
                .singleElement()
                .satisfies(tier -> {
                    assertThat(tier.signal()).isEqualTo("psi");
                    assertThat(tier.freezeAbove()).isEqualTo(0.40);
                });
    }

    @Test
    void aTierEndsWhereTheNextBeginsAndTheLastWhereTheClustersOwnPodsAre() {
        var spec = """
                signals: [{name: cpu, prometheus: {query: q}}]
                tiers:
                - name: all
                  waterlines: [{signal: cpu, freezeAbove: 70, thawBelow: 62}]
                  relief: {throttle: {above: 88}}
                """;

        assertThat(tiers(spec)).singleElement().satisfies(tier -> {
            assertThat(tier.pods().contains(1_000_000_000)).isTrue();
            assertThat(tier.pods().contains(2_000_000_000)).isFalse();
            assertThat(tier.evict()).isEmpty();
        });
    }

    private static List<ReliefTier> tiers(String yaml) {
        var spec = Serialization.unmarshal(yaml, PriorityWaterlineSpec.class);
        var resolved = (PolicyResolution.Resolved)
                new PolicyMapper(_ -> OptionalInt.empty()).resolve(spec, WindowsNow.none(), Shift.NONE);
        return ReliefMapper.tiers(spec, resolved.policy());
    }
}
