package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({"90s, PT1M30S", "1m30s, PT1M30S", "500ms, PT0.5S", "2h1ms, PT2H0.001S", "0s, PT0S", "1s1s, PT2S"})
    void theTextIsTheSumOfItsParts(String text, Duration expected) {
        assertThat(DurationText.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "90", "s", "1.5s", "-1s", "1d", "90s ", "PT1M"})
    void anythingElseIsRefusedWithAnExample(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("90s");
    }
}
