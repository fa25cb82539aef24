package dev.waterline.decision.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aFreshReadingIsAlwaysFinite(double value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Reading.Fresh(value, Instant.EPOCH))
                .withMessage("A fresh reading must be finite, not " + value);
    }

    @Test
    void zeroIsAReadingAndNotTheLackOfOne() {
        assertThat(new Reading.Fresh(0, Instant.EPOCH)).isNotEqualTo(new Reading.Absent());
    }
}
