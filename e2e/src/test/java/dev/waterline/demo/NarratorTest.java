package dev.waterline.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.report.Paint;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NarratorTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, UTF_8);
    private final Elapsed elapsed = new Elapsed(() -> 1_500_000_000L);

    @Test
    void plainLinesCarryTheElapsedTime() {
        try (var narrator = new PlainNarrator(out, elapsed)) {
            narrator.tell("something happened");
        }
        assertThat(text()).isEqualTo("[  0.0 s] something happened" + System.lineSeparator());
    }

    @Test
    void aSummaryThatHasNotChangedIsNotRepeated() {
        try (var narrator = new PlainNarrator(out, elapsed)) {
            narrator.show(picture("steady"));
            narrator.summarize();
            narrator.summarize();
        }
        assertThat(text().lines().filter(line -> line.contains("steady"))).hasSize(1);
    }

    @Test
    void theLiveViewLeavesTheTerminalAsItWasAndAllLinesOnIt() {
        var narrator = new LiveNarrator(out, elapsed, new Terminal(true, false, 80));
        narrator.show(picture("steady"));
        narrator.tell("something happened");
        await().atMost(Duration.ofSeconds(5)).until(() -> text().contains("steady"));
        narrator.close();

        var after = text().substring(text().indexOf("\u001b[?1049l"));
        assertThat(text()).contains("\u001b[?1049h").contains("\u001b[?25l");
        assertThat(text().indexOf("\u001b[?25h")).isPositive();
        assertThat(after).contains("=== Picture ===").contains("something happened");
    }

    private String text() {
        return bytes.toString(UTF_8);
    }

    private static Picture picture(String line) {
        return new Picture() {
            @Override
            public String title() {
                return "Picture";
            }

            @Override
            public List<String> lines(Paint paint) {
                return List.of(line);
            }

            @Override
            public String summary() {
                return line;
            }
        };
    }
}
