package dev.waterline.decision.window;

import java.time.Duration;
import java.time.Instant;

/**
 * The time that protected work is given.
 *
 * @param from what was over before is not of this term
 * @param start of the window
 * @param deadline by which all of it must have succeeded; after the start
 */
public record SettlementTerm(Instant from, Instant start, Instant deadline) {
    public static SettlementTerm of(Occurrence occurrence, Duration deadline) {
        return new SettlementTerm(
                occurrence.from(), occurrence.start(), occurrence.start().plus(deadline));
    }

    Duration length() {
        return Duration.between(start, deadline);
    }
}
