package dev.waterline.decision.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.waterline.decision.reading.Reading.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetBurnTest {
    private static final EventCount SOUND = new EventCount(99_900, 100_000);

    @ParameterizedTest
    @CsvSource({
        "10000, 10000, 0",
        "9990, 10000, 1",
        "9980, 10000, 2",
        "0, 10000, 1000",
        "1999, 2000, 0.5",
        "10150, 10000, 0" // increase() extrapolates each query for itself
    })
    void itIsTheShareOfBadEventsOverTheShareThatTheObjectiveAllows(double good, double total, double burn) {
        assertThat(of(new EventCount(good, total), SOUND))
                .isInstanceOfSatisfying(BudgetBurn.Measured.class, measured -> {
                    assertThat(measured.fast()).isCloseTo(burn, within(1e-9));
                    assertThat(measured.slow()).isCloseTo(1, within(1e-9));
                });
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, 10000, NotFinite",
        "10000, NaN, NotFinite",
        "Infinity, 10000, NotFinite",
        "10000, Infinity, NotFinite",
        "-Infinity, -Infinity, NotFinite",
        "-1, 10000, OutOfRange",
        "1, -10000, OutOfRange",
        "0, 0, TooFewEvents",
        "999, 999, TooFewEvents",
        "10300, 10000, OutOfRange"
    })
    void whatCannotBeBelievedIsUnknownInWhicheverWindowItStands(double good, double total, Cause cause) {
        var flawed = new EventCount(good, total);

        assertUnknown(of(flawed, SOUND), cause, "elastic.slo: the fast window");
        assertUnknown(of(SOUND, flawed), cause, "elastic.slo: the slow window");
    }

    @Test
    void aMeasuredBurnIsFiniteOrItIsNone() {
        assertThatThrownBy(() -> new BudgetBurn.Measured(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BudgetBurn.Measured(0, Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BudgetBurn.Measured(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1000, -22, 0",
        "0, 1000, -22, 0",
        "NaN, 1000, -22, 0",
        "0.99, 0, -22, 0",
        "0.99, NaN, -22, 0",
        "0.99, 1000, 1, 2",
        "0.99, 1000, -2, -1",
        "0.99, 1000, NaN, 0",
        "0.99, 1000, -Infinity, 0"
    })
    void aPolicyThatMakesNoSenseIsRefused(double objective, double minEvents, double min, double max) {
        assertThatThrownBy(() -> new ElasticPolicy(objective, minEvents, min, max))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static BudgetBurn of(EventCount fast, EventCount slow) {
        return BudgetBurn.of(Elastic.POLICY, fast, slow);
    }

    private static void assertUnknown(BudgetBurn burn, Cause cause, String detail) {
        assertThat(burn).isInstanceOfSatisfying(BudgetBurn.Unknown.class, unknown -> {
            assertThat(unknown.reason().cause()).isEqualTo(cause);
            assertThat(unknown.reason().detail()).startsWith(detail);
        });
    }
}
