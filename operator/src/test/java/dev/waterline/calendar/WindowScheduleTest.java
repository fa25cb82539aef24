package dev.waterline.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowScheduleTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aWeekdayEveningInShanghaiIsAnAfternoonInUtc() throws InvalidScheduleException {
        var schedule = WindowSchedule.of("0 22 * * 1-5", "Asia/Shanghai", NOW);

        // 2026-11-27 is a Friday.
        assertThat(starts(schedule, "2026-11-26T20:00+08:00", 3))
                .containsExactly(
                        Instant.parse("2026-11-26T14:00:00Z"),
                        Instant.parse("2026-11-27T14:00:00Z"),
                        Instant.parse("2026-11-30T14:00:00Z"));
    }

    @Test
    void shanghaiHasNoDaylightSavingSoEveryDayIsADayLater() throws InvalidScheduleException {
        var schedule = WindowSchedule.of("30 2 * * *", "Asia/Shanghai", NOW);
        var starts = starts(schedule, "2026-01-01T00:00+08:00", 365);

        for (int i = 1; i < starts.size(); i++) {
            assertThat(ChronoUnit.HOURS.between(starts.get(i - 1), starts.get(i)))
                    .isEqualTo(24);
        }
    }

    @ParameterizedTest(name = "{0}: {1} from {2} starts at {3}, {4}, {5}")
    @CsvSource({
        // Spring: the skipped half past two becomes the moment at which clocks jump to three.
        "Europe/Berlin, 30 2 * * *, 2026-03-28T00:00+01:00, 2026-03-28T02:30+01:00, 2026-03-29T03:00+02:00, 2026-03-30T02:30+02:00",
        "America/New_York, 30 2 * * *, 2026-03-07T00:00-05:00, 2026-03-07T02:30-05:00, 2026-03-08T03:00-04:00, 2026-03-09T02:30-04:00",
        "Europe/Berlin, '*/30 * * * *', 2026-03-29T01:00+01:00, 2026-03-29T01:30+01:00, 2026-03-29T03:00+02:00, 2026-03-29T03:30+02:00",
        // Autumn: what clocks show twice is its first time.
        "Europe/Berlin, 30 2 * * *, 2026-10-24T23:00+02:00, 2026-10-25T02:30+02:00, 2026-10-26T02:30+01:00, 2026-10-27T02:30+01:00",
        "America/New_York, 30 1 * * *, 2026-10-31T23:00-04:00, 2026-11-01T01:30-04:00, 2026-11-02T01:30-05:00, 2026-11-03T01:30-05:00",
        "Europe/Berlin, '*/30 * * * *', 2026-10-25T02:00+02:00, 2026-10-25T02:30+02:00, 2026-10-25T03:00+01:00, 2026-10-25T03:30+01:00",
    })
    void everyDayHasItsWindowExactlyOnceWhateverClocksDo(
            String zone, String cron, String from, String first, String second, String third)
            throws InvalidScheduleException {
        assertThat(starts(WindowSchedule.of(cron, zone, NOW), from, 3))
                .containsExactly(instant(first), instant(second), instant(third));
    }

    @Test
    void aWindowOfTheHourThatIsShownTwiceIsStillTheLatestInItsSecondTime() throws InvalidScheduleException {
        var schedule = WindowSchedule.of("45 2 * * *", "Europe/Berlin", NOW);

        assertThat(schedule.latestStart(instant("2026-10-25T02:30+01:00"))).contains(instant("2026-10-25T02:45+02:00"));
        assertThat(schedule.nextStart(instant("2026-10-25T02:30+01:00"))).contains(instant("2026-10-26T02:45+01:00"));
    }

    @Test
    void aStartIsTheLatestFromItsVeryMomentAndNotBefore() throws InvalidScheduleException {
        var schedule = WindowSchedule.of("0 22 * * *", "UTC", NOW);
        var start = Instant.parse("2026-06-01T22:00:00Z");

        assertThat(schedule.latestStart(start)).contains(start);
        assertThat(schedule.latestStart(start.plusNanos(1))).contains(start);
        assertThat(schedule.latestStart(start.minusNanos(1))).contains(start.minus(1, ChronoUnit.DAYS));
        assertThat(schedule.nextStart(start.minusNanos(1))).contains(start);
        assertThat(schedule.nextStart(start)).contains(start.plus(1, ChronoUnit.DAYS));
        assertThat(schedule.nextStart(start.plusMillis(500))).contains(start.plus(1, ChronoUnit.DAYS));
    }

    @Test
    void ofTwoRestrictedDaysEitherCounts() throws InvalidScheduleException {
        assertThat(starts(WindowSchedule.of("0 0 1 * MON", "UTC", NOW), "2026-11-25T00:00Z", 3))
                .containsExactly(
                        Instant.parse("2026-11-30T00:00:00Z"),
                        Instant.parse("2026-12-01T00:00:00Z"),
                        Instant.parse("2026-12-07T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void latestAndNextAgreeWithEveryMinuteOfTheDaysAroundAChange(long seed) throws InvalidScheduleException {
        var random = new Random(seed);
        var zone = List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai")
                .get(random.nextInt(4));
        int step = List.of(7, 15, 20, 30).get(random.nextInt(4));
        int hour = random.nextInt(4);
        var schedule = WindowSchedule.of("*/" + step + " " + hour + " * * *", zone, NOW);
        for (var day : List.of("2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01")) {
            var midnight = LocalDateTime.parse(day + "T00:00");
            var expected = new TreeSet<Instant>();
            for (int d = -1; d <= 2; d++) {
                for (int minute = 0; minute < 60; minute += step) {
                    expected.add(
                            firstMoment(midnight.plusDays(d).plusHours(hour).plusMinutes(minute), ZoneId.of(zone)));
                }
            }
            var begin = midnight.atZone(ZoneId.of(zone)).toInstant();
            for (int i = 0; i < 8 * 60; i++) {
                var moment = begin.plus(i, ChronoUnit.MINUTES).plusMillis(random.nextInt(60_000));
                assertThat(schedule.latestStart(moment))
                        .as("seed %d, latest at %s", seed, moment)
                        .hasValue(expected.floor(moment));
                assertThat(schedule.nextStart(moment))
                        .as("seed %d, next at %s", seed, moment)
                        .hasValue(expected.higher(moment));
            }
        }
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource({
        "60 22 * * *, UTC, schedule: '60 22 * * *' is not a cron expression of five fields",
        "0 22 * *, UTC, schedule: '0 22 * *' is not a cron expression of five fields",
        "0 0 22 * * *, UTC, schedule: '0 0 22 * * *' is not a cron expression of five fields",
        "@daily, UTC, schedule: '@daily' is not a cron expression of five fields",
        "0 0 31 2 *, UTC, schedule: '0 0 31 2 *' never comes true",
        "0 22 * * *, Asia/Shanghi, timeZone: 'Asia/Shanghi' is not in the IANA time zone database",
        "0 22 * * *, +08:00, timeZone: '+08:00' is not in the IANA time zone database",
    })
    void whatCannotBeFollowedIsRefusedWithItsField(String cron, String zone, String sentence) {
        assertThatExceptionOfType(InvalidScheduleException.class)
                .isThrownBy(() -> WindowSchedule.of(cron, zone, NOW))
                .withMessageStartingWith(sentence);
    }

    private static Instant firstMoment(LocalDateTime reading, ZoneId zone) {
        var change = zone.getRules().getTransition(reading);
        return change != null && change.isGap()
                ? change.getInstant()
                : reading.atZone(zone).toInstant();
    }

    private static List<Instant> starts(WindowSchedule schedule, String from, int count) {
        var starts = new ArrayList<Instant>();
        var moment = instant(from);
        for (int i = 0; i < count; i++) {
            moment = schedule.nextStart(moment).orElseThrow();
            starts.add(moment);
        }
        return starts;
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }
}
