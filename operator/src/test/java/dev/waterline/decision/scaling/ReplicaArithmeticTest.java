package dev.waterline.decision.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.scaling.Target.Measure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaArithmeticTest {

    @ParameterizedTest(name = "value {0} over threshold {1} with {2} replicas asks for {3}")
    @CsvSource({
        // from nothing there is no tolerance
        "0,    10, 0, 0",
        "0.1,  10, 0, 1",
        "10,   10, 0, 1",
        "10.1, 10, 0, 2",
        // both ends of the tolerance belong to it
        "90,   10, 10, 10",
        "110,  10, 10, 10",
        "89.9, 10, 10, 9",
        "110.1,10, 10, 12",
        "99,   10, 9,  9",
        "0,    10, 5,  0",
        "1,    10, 5,  1",
        "72,   15, 2,  5",
        "75,   15, 2,  5",
        "75.1, 15, 2,  6",
        // a surge does not count: the base is spec.replicas
        "100,  10, 10, 10",
        "100,  10, 11, 11",
        // decimal fractions are exact
        "0.3,  0.1, 1, 3",
        "0.7,  0.1, 1, 7",
        "0.33, 0.1, 3, 3",
        "0.000003, 0.000001, 1, 3",
        // never below nothing, never beyond int
        "-5,   10, 3,  0",
        "1e300, 1, 1, 2147483647",
    })
    void averageValueDividesByTheThreshold(double value, double threshold, int base, int replicas) {
        assertThat(ReplicaArithmetic.replicas(
                        new Target(Measure.AVERAGE_VALUE, threshold, 0), Tolerance.DEFAULT, value, base))
                .isEqualTo(replicas);
    }

    @ParameterizedTest(name = "value {0} over threshold {1} with {2} replicas asks for {3}")
    @CsvSource({
        "0,    10, 0,  0",
        "25,   10, 0,  3",
        "9,    10, 4,  4",
        "11,   10, 4,  4",
        "8.9,  10, 10, 9",
        "11.1, 10, 10, 12",
        "20,   10, 3,  6",
        "15,   10, 3,  5",
        "5,    10, 3,  2",
        "0,    10, 3,  0",
        "-20,  10, 3,  0",
        // HPA's own doubles: 0.07 times 100 is a little more than 7
        "0.7,  10, 100, 8",
        "1e300, 1, 2147483647, 2147483647",
    })
    void valueScalesTheBaseByTheRatio(double value, double threshold, int base, int replicas) {
        assertThat(ReplicaArithmetic.replicas(new Target(Measure.VALUE, threshold, 0), Tolerance.DEFAULT, value, base))
                .isEqualTo(replicas);
    }
}
