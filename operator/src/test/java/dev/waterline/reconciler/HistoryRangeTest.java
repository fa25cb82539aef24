package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.pressure.Signal;
import dev.waterline.decision.pressure.Timing;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryRangeTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    @ParameterizedTest(name = "{0}, {1}, {2}, {3}, {4} nodes")
    @CsvSource({
        // the longer dwell and five half-lives
        "PT10S, PT60S, PT20S, PT5S, 1000, PT160S",
        "PT10M, PT60S, PT0S, PT5S, 10, PT10M",
        // as many evaluations as fit: 250,000 samples are 50 of 5,000 nodes, and 25 of 10,000
        "PT10S, PT1H, PT20S, PT5S, 5000, PT245S",
        "PT10S, PT60S, PT20S, PT5S, 10000, PT120S",
        // and no more than Prometheus allows
        "PT10S, PT1H, PT2H, PT1S, 1, PT10999S",
        // one at least
        "PT10S, PT60S, PT20S, PT5S, 1000000, PT0S",
        "PT0S, PT0S, PT0S, PT5S, 0, PT0S"
    })
    void theRangeHoldsTheDwellAndTheAverageAsFarAsTheAnswerMayGrow(
            Duration freezeAfter, Duration thawAfter, Duration halfLife, Duration interval, int nodes, Duration range) {
        var timing = new Timing(freezeAfter, thawAfter, Duration.ofMinutes(5), 0.95, Duration.ofSeconds(15));

        assertThat(HistoryRange.of(timing, new Signal("cpu", halfLife, 1.5), interval, nodes, NOW))
                .isEqualTo(new HistoryRange(NOW.minus(interval).minus(range), NOW.minus(interval), interval));
    }
}
