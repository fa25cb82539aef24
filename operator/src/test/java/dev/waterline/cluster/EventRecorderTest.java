package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventRecorderTest {
    @Test
    void aNoteThatFitsIsNotCut() {
        assertThat(EventRecorder.shortened("x".repeat(1024))).isEqualTo("x".repeat(1024));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "…", "😀"})
    void aLongNoteIsCutToTheBytesThatTheApiServerTakesAndNeverWithinACharacter(String character) {
        var cut = EventRecorder.shortened("a" + character.repeat(1100));

        assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isBetween(1018, 1024);
        assertThat(cut).endsWith(character + "…").doesNotContain("\uFFFD");
    }
}
