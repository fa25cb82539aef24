package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.waterline.arbiter.NodeVerdict;
import dev.waterline.decision.override.NodeOverride;
import dev.waterline.decision.pressure.Contribution;
import dev.waterline.decision.pressure.Evidence;
import dev.waterline.decision.pressure.FrozenTier;
import dev.waterline.decision.pressure.Ladder;
import dev.waterline.decision.pressure.Threshold;
import dev.waterline.decision.pressure.Tier;
import dev.waterline.decision.pressure.Waterline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrozenPoolsTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final Ladder LADDER = new Ladder(List.of(
            new Tier("best-effort", 0, List.of(new Waterline("cpu", 0.7, 0.62))),
            new Tier("standard", 1000, List.of(new Waterline("cpu", 0.82, 0.75))),
            new Tier("critical", 9000, List.of())));
    private static final FrozenPools.Pool CORE = new FrozenPools.Pool("core", 200, LADDER);

    private final FrozenPools frozen = new FrozenPools(
            Map.of("uid", CORE),
            Map.of("n1", 1000, "n2", 9000, "n3", 5000),
            Map.of(
                    "n1", new NodeVerdict(1000, Map.of("uid", wish(1000, "best-effort"))),
                    "n2", new NodeVerdict(9000, Map.of("uid", wish(9000, "standard"))),
                    "n3",
                            new NodeVerdict(
                                    5000, Map.of(), Optional.of(new NodeOverride.Freeze(5000, NOW.plusSeconds(60)))),
                    "not-in-force", new NodeVerdict(9000, Map.of("uid", wish(9000, "standard")))));

    @Test
    void aPodIsToldHowManyNodesWhichWaterlineTheirFloorItsPriorityAndTheNumbersOfOne() {
        assertThat(FrozenPools.sentence(100, frozen.obstacles(100)))
                .isEqualTo(
                        "2 of 200 nodes that PriorityWaterline core governs are frozen below priority 1000; 1 node is"
                                + " frozen below priority 5000 by a person's override. This pod has priority 100 and may"
                                + " not land there. For example node n1: cpu is at 90.0 % and has been at or above 82.0 %"
                                + " (set by tier standard) for 10s. Whether another node suits the pod, its"
                                + " FailedScheduling event says.");
    }

    @Test
    void onlyFloorsAboveThePriorityAreObstacles() {
        assertThat(frozen.obstacles(1000))
                .extracting(FrozenPools.Obstacle::name, FrozenPools.Obstacle::frozen, FrozenPools.Obstacle::below)
                .containsExactly(tuple("core", 1, 9000), tuple("", 1, 5000));
        assertThat(frozen.obstacles(9000)).isEmpty();
        assertThat(frozen.highestFloor()).hasValue(9000);
    }

    @Test
    void withoutAFloorInForceThereIsNoObstacle() {
        assertThat(new FrozenPools(Map.of("uid", CORE), Map.of(), Map.of()).obstacles(0))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-5, best-effort", "0, best-effort", "999, best-effort", "1000, standard", "9000, critical"})
    void aPodBelongsToTheHighestTierWhoseMinimumItReaches(int priority, String tier) {
        assertThat(CORE.tierOf(priority)).isEqualTo(tier);
    }

    private static Contribution wish(int floor, String tier) {
        var why = new Evidence.Hot(new Threshold("cpu", 0.82, 0.75, "standard"), 0.9, Duration.ofSeconds(10));
        return new Contribution(
                floor, tier, Map.of(tier, new FrozenTier(NOW, NOW, why)), List.of(tier), Map.of("cpu", 0.9));
    }
}
