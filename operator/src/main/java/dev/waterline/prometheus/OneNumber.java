package dev.waterline.prometheus;

import dev.waterline.decision.reading.Reading;
import dev.waterline.decision.reading.Reading.Cause;
import java.time.Instant;
import java.util.List;

/** Reads an answer of which one number is expected: one series, with a finite value. */
public final class OneNumber {
    private OneNumber() {}

    /** @return never absent: what is expected of a query either is there, or the query is wrong */
    public static Reading of(QueryResult result) {
        return switch (result) {
            case QueryResult.Failed(Cause cause, String detail) -> new Reading.Unavailable(cause, detail);
            case QueryResult.Vector(List<Series> series, Instant at) -> of(series, at);
        };
    }

    private static Reading of(List<Series> series, Instant at) {
        if (series.isEmpty()) {
            return new Reading.Unavailable(
                    Cause.EmptyResult, "the query yields no series; make it yield 0 where that is meant");
        }
        if (series.size() > 1) {
            return new Reading.Unavailable(
                    Cause.SeveralSeries,
                    "the query yields several series where one is due; aggregate it, such as by sum()");
        }
        double value = series.getFirst().value();
        return Double.isFinite(value)
                ? new Reading.Fresh(value, at)
                : new Reading.Unavailable(
                        Cause.NotFinite, "the query yields NaN or infinity; look for a division by zero");
    }
}
