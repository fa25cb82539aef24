package dev.waterline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.report.Paint;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TerminalTest {
    private static final Map<String, String> XTERM = Map.of("TERM", "xterm", "COLUMNS", "120", "LINES", "40");

    @Test
    void aTerminalThatIsLargeEnoughGetsTheLiveView() {
        assertThat(Terminal.of(true, false, XTERM)).isEqualTo(new Terminal(true, true, 120));
    }

    @Test
    void aPipeGetsPlainLinesWithoutColours() {
        assertThat(Terminal.of(false, false, XTERM)).isEqualTo(new Terminal(false, false, 120));
    }

    @Test
    void plainAsksForLinesEvenOnATerminal() {
        assertThat(Terminal.of(true, true, XTERM).live()).isFalse();
    }

    @Test
    void aSmallOrDumbTerminalGetsPlainLines() {
        assertThat(Terminal.of(true, false, Map.of("TERM", "xterm", "COLUMNS", "79", "LINES", "40"))
                        .live())
                .isFalse();
        assertThat(Terminal.of(true, false, Map.of("TERM", "xterm", "COLUMNS", "80", "LINES", "24"))
                        .live())
                .isFalse();
        assertThat(Terminal.of(true, false, Map.of("TERM", "dumb"))).isEqualTo(new Terminal(false, false, 80));
    }

    @Test
    void noColorSwitchesColoursOffAndKeepsTheView() {
        var terminal = Terminal.of(true, false, Map.of("TERM", "xterm", "NO_COLOR", "1"));
        assertThat(terminal.live()).isTrue();
        assertThat(terminal.colour()).isFalse();
        assertThat(new Paint(terminal.colour()).of(Paint.Tone.BAD, "text")).isEqualTo("text");
    }
}
