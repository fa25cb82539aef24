package dev.waterline.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArbiterTest {
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
}
