package dev.waterline.decision.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.reading.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceAnswerTest {
    private static final Signal CPU = new Signal("cpu", Duration.ZERO, 1.5);
    private static final Instant AT = Instant.parse("2026-03-02T22:00:00Z");

    @Test
    void credibleRatiosAreTakenAsTheyAre() {
        assertThat(SourceAnswer.checked(CPU, Map.of("a", 0.0, "b", 1.5), AT))
                .isEqualTo(new SourceAnswer.Answered(Map.of("a", 0.0, "b", 1.5), AT));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.05, -0.001, -0.0})
    void aLittleBelowZeroIsExtrapolationAndReadAsZero(double value) {
        assertThat(SourceAnswer.checked(CPU, Map.of("a", value), AT))
                .isEqualTo(new SourceAnswer.Answered(Map.of("a", 0.0), AT));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void oneValueThatIsNotFiniteInvalidatesTheWholeAnswerAndNamesTheNode(double value) {
        assertThat(SourceAnswer.checked(CPU, Map.of("good", 0.5, "bad", value), AT))
                .isEqualTo(silent(
                        Reading.Cause.NotFinite,
                        "signal cpu is " + value + " for node bad: guard the query against division by zero"));
    }

    @ParameterizedTest
    @CsvSource({"1.5000001", "82", "-0.0500001", "-3"})
    void aValueOutsideTheValidRangeInvalidatesTheWholeAnswerAndNamesTheNode(double value) {
        assertThat(SourceAnswer.checked(CPU, Map.of("good", 0.5, "bad", value), AT))
                .isEqualTo(silent(
                        Reading.Cause.OutOfRange,
                        "signal cpu is outside 0 to 1.5 for node bad: the query must yield a ratio, not a percentage"));
    }

    @Test
    void anAnswerWithoutAnyNodeIsAnAnswer() {
        assertThat(SourceAnswer.checked(CPU, Map.of(), AT)).isEqualTo(new SourceAnswer.Answered(Map.of(), AT));
    }

    private static SourceAnswer silent(Reading.Cause cause, String detail) {
        return new SourceAnswer.Silent(new Reading.Unavailable(cause, detail));
    }
}
