package dev.waterline.decision.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EwmaTest {

    @ParameterizedTest(name = "from {0} with {1} after {2} at half-life {3}: {4}")
    @CsvSource({
        "0.0, 1.0, PT20S, PT20S, 0.5",
        "0.0, 1.0, PT40S, PT20S, 0.75",
        "0.0, 1.0, PT10S, PT20S, 0.29289321881345254",
        "1.0, 0.0, PT60S, PT20S, 0.125",
        "0.4, 0.9, PT0S,  PT20S, 0.4",
        "0.4, 0.9, PT-5S, PT20S, 0.4",
        "0.4, 0.9, PT5S,  PT0S,  0.9",
        "0.4, 0.9, PT0S,  PT0S,  0.9",
    })
    void theWeightOfThePastHalvesWithEachHalfLifeOfElapsedTime(
            double previous, double value, Duration elapsed, Duration halfLife, double expected) {
        assertThat(next(previous, value, elapsed, halfLife)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void aMissedPollDoesNotChangeTheMeaningOfTheSetting() {
        var halfLife = Duration.ofSeconds(20);
        double twoSteps = next(next(0.2, 0.8, Duration.ofSeconds(5), halfLife), 0.8, Duration.ofSeconds(5), halfLife);
        double oneStep = next(0.2, 0.8, Duration.ofSeconds(10), halfLife);
        assertThat(oneStep).isCloseTo(twoSteps, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0.82", "0.7", "0.1", "0.3333333333333333"})
    void aConstantSignalStaysExactlyWhatItIs(double value) {
        double average = value;
        for (int i = 1; i <= 10_000; i++) {
            average = next(average, value, Duration.ofMillis(i), Duration.ofSeconds(20));
        }
        assertThat(average).isEqualTo(value);
    }

    @Test
    void afterVeryLongOnlyTheNewSampleCounts() {
        assertThat(next(0.1, 0.9, Duration.ofDays(365), Duration.ofSeconds(1))).isEqualTo(0.9);
    }

    private static double next(double previous, double value, Duration elapsed, Duration halfLife) {
        return Ewma.next(previous, value, Ewma.weightOfPast(elapsed, halfLife));
    }
}
