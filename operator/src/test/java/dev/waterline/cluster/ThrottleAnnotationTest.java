package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.relief.CpuLimit;
import dev.waterline.decision.relief.PodFacts.ReadableNote;
import dev.waterline.decision.relief.PodFacts.UnreadableNote;
import dev.waterline.decision.relief.ThrottleNote;
import dev.waterline.decision.relief.ThrottleNote.Lowered;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThrottleAnnotationTest {
    private static final ThrottleNote NOTE = new ThrottleNote(
            "uid-1",
            "pwl-1",
            "best-effort",
            50,
            Instant.parse("2026-11-25T04:00:00Z"),
            Map.of(
                    "side", new Lowered(new CpuLimit("1", 1000), new CpuLimit("500m", 500)),
                    "main", new Lowered(new CpuLimit("1500m", 1500), new CpuLimit("750m", 750))));
    private static final String TEXT =
            "{\"version\":1,\"pod\":\"uid-1\",\"waterline\":\"pwl-1\",\"tier\":\"best-effort\",\"percent\":50,"
                    + "\"since\":\"2026-11-25T04:00:00Z\",\"containers\":{\"main\":{\"original\":\"1500m\",\"target\":\"750m\"},"
                    + "\"side\":{\"original\":\"1\",\"target\":\"500m\"}}}";

    @Test
    void whatIsWrittenCanBeReadAgain() {
        assertThat(ThrottleAnnotation.format(NOTE)).isEqualTo(TEXT);
        assertThat(ThrottleAnnotation.parse(TEXT, "uid-1")).isEqualTo(new ReadableNote(NOTE));
    }

    @Test
    void fieldsThatALaterVersionAddsDoNotMatter() {
        assertThat(ThrottleAnnotation.parse(TEXT.replace("\"percent\"", "\"later\":{\"x\":1},\"percent\""), "uid-1"))
                .isEqualTo(new ReadableNote(NOTE));
    }

    @Test
    void aCopyOfAThrottledPodDoesNotInheritItsNote() {
        assertThat(ThrottleAnnotation.parse(TEXT, "uid-2")).isEqualTo(new UnreadableNote());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "true",
                "not json",
                "{}",
                "{\"version\":2,\"pod\":\"uid-1\"}",
                "{\"version\":1,\"pod\":\"uid-1\"}",
                "{\"version\":1,\"pod\":\"uid-1\",\"waterline\":\"w\",\"tier\":\"t\",\"since\":\"soon\"}",
                "{\"version\":1,\"pod\":\"uid-1\",\"waterline\":\"w\",\"tier\":\"t\",\"since\":\"2026-11-25T04:00:00Z\","
                        + "\"containers\":{\"main\":{\"original\":\"lots\",\"target\":\"1\"}}}",
                "{\"version\":1,\"pod\":\"uid-1\",\"waterline\":\"w\",\"tier\":\"t\",\"since\":\"2026-11-25T04:00:00Z\","
                        + "\"containers\":{\"main\":{\"target\":\"1\"}}}",
                "{\"version\":1,\"pod\":\"uid-1\",\"waterline\":\"w\",\"tier\":\"t\",\"since\":\"2026-11-25T04:00:00Z\","
                        + "\"containers\":{\"main\":null}}",
                "{\"version\":1,\"pod\":\"uid-1\",\"waterline\":\"w\",\"tier\":\"t\",\"since\":\"2026-11-25T04:00:00Z\","
                        + "\"containers\":{\"main\":{\"original\":\"1e30\",\"target\":\"1\"}}}"
            })
    void whatPeopleMayHaveMadeOfItIsNoNote(String text) {
        assertThat(ThrottleAnnotation.parse(text, "uid-1")).isEqualTo(new UnreadableNote());
    }
}
