package dev.waterline.calendar;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * When a window starts: a cron expression, read on the clock on the wall of a time zone.
 *
 * <p>The expression is evaluated on wall-clock time alone, and each reading of the clock is then mapped to a moment. A reading
 * that clocks skip in spring becomes the moment at which they skip it; one that they show twice in autumn is its first time.
 * So every day has its window, exactly once. (cron-utils itself skips a daily window on the day of the change, and repeats one
 * that recurs within the hour.) The mapping never decreases, which is what makes "the latest start" and "the next start"
 * searches on wall-clock time.
 */
public final class WindowSchedule {
    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final ExecutionTime cron;
    private final ZoneId zone;

    private WindowSchedule(ExecutionTime cron, ZoneId zone) {
        this.cron = cron;
        this.zone = zone;
    }

    /**
     * @param schedule five fields: minute, hour, day of month, month, day of week; if both days are restricted, either counts
     * @param timeZone of the IANA database
     * @param now an expression that never comes true from now on is refused
     */
    public static WindowSchedule of(String schedule, String timeZone, Instant now) throws InvalidScheduleException {
        if (!ZoneId.getAvailableZoneIds().contains(timeZone)) {
            throw new InvalidScheduleException("timeZone: '" + timeZone
                    + "' is not in the IANA time zone database; write it as in Asia/Shanghai or UTC");
        }
        ExecutionTime cron;
        try {
            cron = ExecutionTime.forCron(PARSER.parse(schedule));
        } catch (IllegalArgumentException e) {
            throw new InvalidScheduleException(
                    "schedule: '" + schedule
                            + "' is not a cron expression of five fields (minute, hour, day of month, month, day of week),"
                            + " such as 0 22 * * 1-5: " + e.getMessage(),
                    e);
        }
        var parsed = new WindowSchedule(cron, ZoneId.of(timeZone));
        if (parsed.nextStart(now).isEmpty()) {
            throw new InvalidScheduleException(
                    "schedule: '" + schedule + "' never comes true; correct day of month and month");
        }
        return parsed;
    }

    /** The latest start that is not after this moment; empty: there was none. */
    public Optional<Instant> latestStart(Instant moment) {
        return cron.lastExecution(onTheWall(moment).plusNanos(1)).map(this::moment);
    }

    /** The first start after this moment; empty: there will be none. */
    public Optional<Instant> nextStart(Instant moment) {
        return cron.nextExecution(onTheWall(moment)).map(this::moment);
    }

    /** The last reading of the clock whose moment is not after this one; as if of UTC, where no clock is ever changed. */
    private ZonedDateTime onTheWall(Instant moment) {
        var local = moment.atZone(zone);
        var change = zone.getRules().getTransition(local.toLocalDateTime());
        boolean secondTime = change != null && local.getOffset().equals(change.getOffsetAfter());
        // Every reading of the hour that is shown twice has had its first time already.
        return (secondTime ? change.getDateTimeBefore().minusNanos(1) : local.toLocalDateTime()).atZone(ZoneOffset.UTC);
    }

    private Instant moment(ZonedDateTime onTheWall) {
        LocalDateTime reading = onTheWall.toLocalDateTime();
        var change = zone.getRules().getTransition(reading);
        return change != null && change.isGap()
                ? change.getInstant()
                : reading.atZone(zone).toInstant();
    }
}
