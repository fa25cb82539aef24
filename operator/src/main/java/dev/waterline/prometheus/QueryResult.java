package dev.waterline.prometheus;

import dev.waterline.decision.reading.Reading;
import java.time.Instant;
import java.util.List;

/** What an instant query has come to. */
public sealed interface QueryResult {

    /**
     * A complete instant vector, possibly empty.
     *
     * @param at when the server evaluated it; the epoch for an empty vector, which carries no time
     */
    record Vector(List<Series> series, Instant at) implements QueryResult {
        public Vector {
            series = List.copyOf(series);
        }
    }

    /**
     * No usable answer.
     *
     * @param detail one sentence that stays the same from poll to poll and holds nothing of the response's body
     */
    record Failed(Reading.Cause cause, String detail) implements QueryResult, RangeResult {}
}
