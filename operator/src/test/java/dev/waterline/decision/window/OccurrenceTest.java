package dev.waterline.decision.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OccurrenceTest {
    private static final Duration LEAD = Duration.ofMinutes(15);
    private static final Duration LENGTH = Duration.ofHours(3);
    private static final Optional<Instant> TODAY = at("22:00:00");
    private static final Optional<Instant> TOMORROW = TODAY.map(start -> start.plus(Duration.ofDays(1)));
    private static final Optional<Instant> YESTERDAY = TODAY.map(start -> start.minus(Duration.ofDays(1)));

    @ParameterizedTest(name = "at {0} it is {1} until {2}")
    @CsvSource({
        "21:44:59, Upcoming, 2026-06-01T21:45:00Z",
        "21:45:00, Lead, 2026-06-01T22:00:00Z",
        "21:59:59, Lead, 2026-06-01T22:00:00Z",
        "22:00:00, Active, 2026-06-02T01:00:00Z",
        "23:59:59, Active, 2026-06-02T01:00:00Z",
    })
    void aPhaseBeginsAtItsVeryMoment(String time, Phase phase, Instant until) {
        var now = at(time).orElseThrow();
        boolean started = phase == Phase.Active;
        var occurrence = Occurrence.at(now, started ? TODAY : YESTERDAY, started ? TOMORROW : TODAY, LEAD, LENGTH)
                .orElseThrow();

        assertThat(occurrence.phase(now)).isEqualTo(phase);
        assertThat(occurrence.phase(now).isInEffect()).isEqualTo(phase != Phase.Upcoming);
        assertThat(occurrence.phaseEnds(now)).isEqualTo(until);
    }

    @Test
    void anOccurrenceThatIsOverGivesWayToTheNext() {
        var occurrence = Occurrence.at(Instant.parse("2026-06-02T01:00:00Z"), TODAY, TOMORROW, LEAD, LENGTH);

        assertThat(occurrence.map(Occurrence::start)).isEqualTo(TOMORROW);
    }

    @Test
    void aWindowThatIsLongerThanItsPeriodIsAlwaysActiveAndTheLatestStartCounts() {
        var now = Instant.parse("2026-06-01T23:30:00Z");
        var occurrence = Occurrence.at(now, at("23:00:00"), Optional.of(now.plusSeconds(1800)), LEAD, LENGTH)
                .orElseThrow();

        assertThat(occurrence.start()).isEqualTo(Instant.parse("2026-06-01T23:00:00Z"));
        assertThat(occurrence.phase(now)).isEqualTo(Phase.Active);
    }

    @Test
    void aScheduleThatHasComeToItsEndHasNoOccurrence() {
        assertThat(Occurrence.at(TOMORROW.orElseThrow(), TODAY, Optional.empty(), LEAD, LENGTH))
                .isEmpty();
    }

    private static Optional<Instant> at(String time) {
        return Optional.of(Instant.parse("2026-06-01T" + time + "Z"));
    }
}
