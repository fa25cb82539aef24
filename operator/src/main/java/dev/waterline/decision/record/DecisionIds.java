package dev.waterline.decision.record;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Names decisions: time to the millisecond, a number among those of the same millisecond, and whose they are, as in {@code
 * 20260701T120000.000Z-00000-core-banking}. The same decisions at the same times get the same names, so a replay can be compared
 * with what happened.
 */
public final class DecisionIds {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Instant last = Instant.MIN;
    private int number;

    /** @param owner name of the waterline or node */
    public synchronized String next(Instant at, String owner) {
        var millis = at.truncatedTo(ChronoUnit.MILLIS);
        if (millis.isAfter(last)) {
            last = millis;
            number = 0;
        } else {
            // A clock that was set back goes on in the last millisecond it showed, so that nothing is named twice.
            number++;
        }
        return "%s-%05d-%s".formatted(TIME.format(last), number, owner);
    }
}
