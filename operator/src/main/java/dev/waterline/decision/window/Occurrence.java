package dev.waterline.decision.window;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One time that a window happens. Its length is elapsed time: an hour that clocks skip or repeat makes it neither shorter nor
 * longer.
 *
 * @param from when it takes effect: its lead before the start
 * @param start inclusive
 * @param until exclusive
 */
public record Occurrence(Instant from, Instant start, Instant until) {
    static Occurrence startingAt(Instant start, Duration lead, Duration duration) {
        return new Occurrence(start.minus(lead), start, start.plus(duration));
    }

    /**
     * The occurrence that counts now. The one with the latest start, while it lasts; else the next one, whether its lead has
     * begun or not.
     *
     * @param latest the latest start that is not after now; empty: there was none
     * @param next the first start after now; empty: there will be none
     * @return empty if it was the last one and is over
     */
    public static Optional<Occurrence> at(
            Instant now, Optional<Instant> latest, Optional<Instant> next, Duration lead, Duration duration) {
        return latest.map(start -> startingAt(start, lead, duration))
                .filter(occurrence -> occurrence.phase(now) == Phase.Active)
                .or(() -> next.map(start -> startingAt(start, lead, duration)));
    }

    public Phase phase(Instant now) {
        if (now.isBefore(from)) {
            return Phase.Upcoming;
        }
        return now.isBefore(start) ? Phase.Lead : now.isBefore(until) ? Phase.Active : Phase.Over;
    }

    /** The next moment at which its phase is another; once it is over, its end. */
    public Instant phaseEnds(Instant now) {
        return switch (phase(now)) {
            case Upcoming -> from;
            case Lead -> start;
            case Active, Over -> until;
        };
    }
}
