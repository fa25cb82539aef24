package dev.waterline.decision.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped gains against the gain of the plant that they were chosen for: errors grow by e for 6.7 points of load. */
class LoopSpectrumTest {
    private static final double GAIN = 0.15;

    /** ADR 11 quotes this table. */
    @ParameterizedTest(name = "delay {0}")
    @CsvSource({
        // delay, radius and margin of a plain delay, radius and margin with the five-minute window in the loop
        "0, 0.932, 2.90, 0.924, 9.81",
        "1, 0.928, 2.87, 0.918, 4.74",
        "2, 0.924, 2.81, 0.912, 3.58",
        "3, 0.918, 2.73, 0.904, 3.03",
        "4, 0.912, 2.62, 0.893, 2.68",
        "5, 0.904, 2.49, 0.879, 2.42",
        "6, 0.894, 2.35, 0.890, 2.20",
        "7, 0.880, 2.20, 0.913, 2.01",
        "8, 0.895, 2.05, 0.934, 1.85"
    })
    void theLoopForgetsADisturbanceAndBearsMoreGain(
            int delay, double plainRadius, double plainMargin, double windowRadius, double windowMargin) {
        var plain = new LoopSpectrum(GAIN, delay, 1);
        var window = new LoopSpectrum(GAIN, delay, 5);

        assertThat(plain.radius()).isCloseTo(plainRadius, within(0.002));
        assertThat(plain.margin()).isCloseTo(plainMargin, within(0.03));
        assertThat(window.radius()).isCloseTo(windowRadius, within(0.002));
        assertThat(window.margin()).isCloseTo(windowMargin, within(0.03));
    }
}
