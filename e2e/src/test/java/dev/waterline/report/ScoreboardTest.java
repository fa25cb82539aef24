package dev.waterline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ScoreboardTest {
    private static final Promise KEPT = new Promise("leaks", "0", "0 of 391", true);
    private static final Promise BROKEN = new Promise("replicas", "7", "6", false);

    @Test
    void everyPromiseHasALineWithItsVerdict() {
        var board = new Scoreboard();
        board.add("Settlement", List.of(KEPT));
        board.add("Payment", List.of(BROKEN));
        assertThat(board.lines(new Paint(false)))
                .containsExactly(
                        "What         Promised   Measured   ",
                        "",
                        "Settlement",
                        "  leaks      0          0 of 391   kept",
                        "",
                        "Payment",
                        "  replicas   7          6          BROKEN");
    }

    @Test
    void allAreKeptOnlyIfNoneIsBrokenAndThereWasOne() {
        var board = new Scoreboard();
        assertThat(board.allKept()).isFalse();
        board.add("Settlement", List.of(KEPT));
        assertThat(board.allKept()).isTrue();
        board.add("Settlement", List.of(BROKEN));
        assertThat(board.allKept()).isFalse();
    }
}
