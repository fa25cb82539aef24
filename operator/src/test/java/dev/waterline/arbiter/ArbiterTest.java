package dev.waterline.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.override.NodeOverride;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArbiterTest {
    private static final Instant UNTIL = Instant.parse("2026-07-01T13:00:00Z");

    private final Arbiter arbiter = new Arbiter();

    @Test
    void theHighestFloorWinsAndEveryReasonIsKept() {
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort"), "n2", Wish.of(500, "low")));
        arbiter.submit("b", Map.of("n1", Wish.of(9000, "standard")));

        assertThat(arbiter.verdicts())
                .isEqualTo(Map.of(
                        "n1",
                        new NodeVerdict(
                                9000, Map.of("a", Wish.of(1000, "best-effort"), "b", Wish.of(9000, "standard"))),
                        "n2",
                        new NodeVerdict(500, Map.of("a", Wish.of(500, "low")))));
    }

    @Test
    void aNewSubmissionReplacesAllThatTheWaterlineWanted() {
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort")));

        arbiter.submit("a", Map.of("n2", Wish.of(1000, "best-effort")));

        assertThat(arbiter.verdicts()).containsOnlyKeys("n2");
    }

    @Test
    void itIsCompleteOnlyWhenEveryAwaitedWaterlineHasSpoken() {
        arbiter.await(List.of("a", "b"));
        assertThat(arbiter.isComplete()).isFalse();

        arbiter.submit("a", Map.of());
        assertThat(arbiter.isComplete()).isFalse();

        arbiter.submit("b", Map.of());
        assertThat(arbiter.isComplete()).isTrue();
    }

    @Test
    void aWaterlineThatHasSpokenAlreadyIsNotAwaited() {
        arbiter.submit("a", Map.of());

        arbiter.await(List.of("a"));

        assertThat(arbiter.isComplete()).isTrue();
    }

    @Test
    void aWithdrawnWaterlineIsNoLongerAwaitedAndWantsNothing() {
        arbiter.await(List.of("a", "b"));
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort")));

        arbiter.withdraw("a");
        arbiter.withdraw("b");

        assertThat(arbiter.isComplete()).isTrue();
        assertThat(arbiter.verdicts()).isEmpty();
    }

    @Test
    void theFirstWordIsNewsEvenIfItIsNothing() {
        assertThat(arbiter.submit("a", Map.of())).isTrue();
        assertThat(arbiter.submit("a", Map.of())).isFalse();
    }

    @Test
    void anotherTierOrAnotherNodeIsNews() {
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort")));

        assertThat(arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort"))))
                .isFalse();
        assertThat(arbiter.submit("a", Map.of("n1", Wish.of(9000, "standard")))).isTrue();
        assertThat(arbiter.submit("a", Map.of("n2", Wish.of(9000, "standard")))).isTrue();
    }

    @Test
    void aTierThatNowBeginsElsewhereIsNews() {
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort")));

        assertThat(arbiter.submit("a", Map.of("n1", Wish.of(2000, "best-effort"))))
                .isTrue();
    }

    @Test
    void aFreezeOverrideIsAContributionOfItsOwnEvenWhereNoWaterlineWantsAnything() {
        var low = new NodeOverride.Freeze(500, UNTIL);
        var high = new NodeOverride.Freeze(9000, UNTIL);
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort"), "n2", Wish.of(1000, "best-effort")));

        arbiter.override(Map.of("n1", low, "n2", high, "n3", low));

        var wish = Map.of("a", Wish.of(1000, "best-effort"));
        assertThat(arbiter.verdicts())
                .isEqualTo(Map.of(
                        "n1", new NodeVerdict(1000, wish, Optional.of(low)),
                        "n2", new NodeVerdict(9000, wish, Optional.of(high)),
                        "n3", new NodeVerdict(500, Map.of(), Optional.of(low))));
        assertThat(arbiter.overrideFloors()).containsExactly(500, 9000);
        assertThat(arbiter.verdicts().values())
                .extracting(NodeVerdict::isByOverride)
                .containsExactly(false, true, true);
    }

    @Test
    void aThawOverrideIsAVetoAndLeavesTheOtherNodesAlone() {
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort"), "n2", Wish.of(1000, "best-effort")));

        arbiter.override(Map.of("n1", new NodeOverride.Thaw(UNTIL)));
        assertThat(arbiter.verdicts()).containsOnlyKeys("n2");

        arbiter.override(Map.of());
        assertThat(arbiter.verdicts()).containsOnlyKeys("n1", "n2");
    }

    @Test
    void aFloorThatAThawOverrideHeldBackIsKnownOnceAsSuch() {
        arbiter.override(Map.of("n1", new NodeOverride.Thaw(UNTIL), "n2", new NodeOverride.Thaw(UNTIL)));
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort")));
        assertThat(arbiter.wasHeldBack("n1")).isFalse();

        arbiter.override(Map.of());

        assertThat(arbiter.wasHeldBack("n1")).isTrue();
        assertThat(arbiter.wasHeldBack("n1")).isFalse();
        assertThat(arbiter.wasHeldBack("n2")).isFalse();
    }

    @Test
    void anOverrideIsNewsOnce() {
        assertThat(arbiter.override(Map.of("n1", new NodeOverride.Thaw(UNTIL)))).isTrue();
        assertThat(arbiter.override(Map.of("n1", new NodeOverride.Thaw(UNTIL)))).isFalse();
        assertThat(arbiter.override(Map.of("n1", new NodeOverride.Thaw(UNTIL.plusSeconds(1)))))
                .isTrue();
        assertThat(arbiter.override(Map.of())).isTrue();
    }
}
