package dev.waterline.decision.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes of the count that were carried out lately.
 *
 * @param events by time
 */
public record ScaleEvents(List<ScaleEvent> events) {
    /** Nothing has been changed yet. */
    public static final ScaleEvents NONE = new ScaleEvents(List.of());

    /** @param change replicas added; below 0: removed */
    public record ScaleEvent(Instant at, int change) {}

    public ScaleEvents {
        events = List.copyOf(events);
    }

    /** @param longest events that are older are of no use any more */
    ScaleEvents with(int from, int to, Instant now, Duration longest) {
        var cutoff = now.minus(longest);
        var kept = new ArrayList<ScaleEvent>(events.size() + 1);
        for (var event : events) {
            if (event.at().isAfter(cutoff)) {
                kept.add(event);
            }
        }
        kept.add(new ScaleEvent(now, to - from));
        return new ScaleEvents(kept);
    }

    /** The count at the start of a period that ends now: what was added since is taken off, what was removed is added. */
    int atStart(int present, Duration period, Instant now) {
        var cutoff = now.minus(period);
        int start = present;
        for (var event : events) {
            if (event.at().isAfter(cutoff)) {
                start -= event.change();
            }
        }
        return start;
    }
}
