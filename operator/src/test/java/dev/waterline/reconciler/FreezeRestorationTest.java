package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.arbiter.NodeMarks.Mark;
import dev.waterline.cluster.NodeResources;
import dev.waterline.cluster.NodeSummary;
import dev.waterline.decision.pressure.Ladder;
import dev.waterline.decision.pressure.Tier;
import dev.waterline.decision.pressure.Waterline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreezeRestorationTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final Ladder LADDER = new Ladder(List.of(
            new Tier("z-low", 0, List.of(new Waterline("cpu", 0.7, 0.6))),
            new Tier("a-mid", 1000, List.of(new Waterline("cpu", 0.8, 0.7))),
            new Tier("top", 9000, List.of())));
    private static final String MINE = """
        {"version":1,"node":"uid-n1","waterlines":{"mine":{"tiers":{\
        "z-low":{"since":"2026-07-01T10:00:00Z"},"a-mid":{"since":"2026-07-01T11:00:00Z"}},"readings":{"cpu":0.85}}}}\
        """;

    @Test
    void anAnnotatedNodeIsFrozenSinceThenAndWasLastHotNow() {
        var run = restored(Map.of(), node("n1", Optional.of(9000), Optional.of(MINE)));

        var frozen = Objects.requireNonNull(run.states().get("n1")).frozen();
        assertThat(frozen).containsOnlyKeys("z-low", "a-mid");
        assertThat(frozen.values())
                .allSatisfy(tier -> assertThat(tier.lastHot()).isEqualTo(NOW));
        assertThat(Objects.requireNonNull(frozen.get("a-mid")).since())
                .isEqualTo(Instant.parse("2026-07-01T11:00:00Z"));
        assertThat(Objects.requireNonNull(run.states().get("n1")).readings()).isEqualTo(Map.of("cpu", 0.85));
    }

    @Test
    void itsFloorIsHeldUntilAFirstDecisionAndSetByTheHighestTierOfTheLadder() {
        var held = Objects.requireNonNull(restored(Map.of(), node("n1", Optional.of(9000), Optional.of(MINE)))
                .contributions()
                .get("n1"));

        assertThat(held.floor()).isEqualTo(9000);
        assertThat(held.tiers()).containsExactly("z-low", "a-mid");
        assertThat(held.tier()).isEqualTo("a-mid");
    }

    @Test
    void aNodeThatOnlyTheGuardKnowsIsFrozenForTheTiersBelowItsFloor() {
        var run = restored(Map.of("n1", 1000), node("n1", Optional.empty(), Optional.empty()));

        assertThat(Objects.requireNonNull(run.states().get("n1")).frozen()).containsOnlyKeys("z-low");
        assertThat(Objects.requireNonNull(run.contributions().get("n1")).floor())
                .isEqualTo(1000);
    }

    @Test
    void theAnnotationOfAnotherWaterlineIsNotOurs() {
        var run = restored(
                Map.of("n1", 9000), node("n1", Optional.of(9000), Optional.of(MINE.replace("mine", "another"))));

        assertThat(run.states()).isEmpty();
        assertThat(run.contributions()).isEmpty();
    }

    @Test
    void theAnnotationOfAnEarlierNodeOfTheSameNameIsNotOurs() {
        var run = restored(Map.of(), node("n1", Optional.of(9000), Optional.of(MINE.replace("uid-n1", "uid-old"))));

        assertThat(run.states()).isEmpty();
    }

    @Test
    void whileTheLadderIsNotKnownAnAnnotationIsEnoughAndTheGuardIsNot() {
        var run = inheriting(Map.of("n2", 1000))
                .run(
                        "mine",
                        List.of(
                                node("n1", Optional.of(9000), Optional.of(MINE)),
                                node("n2", Optional.empty(), Optional.empty())),
                        Optional.empty(),
                        NOW);

        assertThat(run.contributions()).containsOnlyKeys("n1");
    }

    @Test
    void aNodeThatNobodyFrozeIsNotFrozen() {
        assertThat(restored(Map.of("n2", 9000), node("n1", Optional.empty(), Optional.empty()))
                        .states())
                .isEmpty();
    }

    private static WaterlineRun restored(Map<String, Integer> guarded, NodeSummary node) {
        return inheriting(guarded).run("mine", List.of(node), Optional.of(LADDER), NOW);
    }

    private static FreezeRestoration inheriting(Map<String, Integer> guarded) {
        var restoration = new FreezeRestoration();
        restoration.inherit(guarded);
        return restoration;
    }

    private static NodeSummary node(String name, Optional<Integer> floor, Optional<String> annotation) {
        return new NodeSummary(
                name,
                "uid-" + name,
                "7",
                Map.of(),
                new Mark(floor, annotation),
                List.of(),
                NodeResources.UNKNOWN,
                NodeResources.UNKNOWN,
                NodeSummary.Overrides.NONE,
                List.of());
    }
}
