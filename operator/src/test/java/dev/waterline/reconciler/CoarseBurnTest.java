package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.elastic.BudgetBurn;
import dev.waterline.decision.reading.Reading;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoarseBurnTest {

    @ParameterizedTest
    @CsvSource({
        // before, measured, shown
        ", 0, 0",
        ", 0.04, 0",
        ", 2.449, 2.4",
        ", 483.2, 480",
        "2.4, 1.3, 2.4",
        "2.4, 4.7, 2.4",
        "2.4, 4.8, 4.8",
        "2.4, 1.2, 1.2",
        "0, 0.19, 0",
        "0, 0.2, 0.2",
        "0.2, 0.09, 0"
    })
    void itIsShownAnewWhenItHasDoubledOrHalved(Double before, double measured, double shown) {
        assertThat(CoarseBurn.of(before, Optional.of(new BudgetBurn.Measured(measured, 0))))
                .isEqualTo(shown);
    }

    @Test
    void anUnknownOneIsNotShownAndOneThatWasNotMeasuredYetStaysAsItWas() {
        var unknown = new BudgetBurn.Unknown(new Reading.Unavailable(Reading.Cause.Timeout, "late"));

        assertThat(CoarseBurn.of(2.4, Optional.of(unknown))).isNull();
        assertThat(CoarseBurn.of(2.4, Optional.empty())).isEqualTo(2.4);
    }
}
