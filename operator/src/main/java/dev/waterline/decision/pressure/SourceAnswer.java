package dev.waterline.decision.pressure;

import dev.waterline.decision.reading.Reading;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What the source of one signal said in one pass, for the whole pool. */
public sealed interface SourceAnswer {

    /**
     * It answered. A node without an entry is absent.
     *
     * @param ratios by node name, each finite and not negative
     * @param at when it was evaluated
     */
    record Answered(Map<String, Double> ratios, Instant at) implements SourceAnswer {
        public Answered {
            ratios = Map.copyOf(ratios);
        }
    }

    /** It did not, or what it said cannot be believed. */
    record Silent(Reading.Unavailable reason) implements SourceAnswer {}

    /**
     * {@code 1 - rate(idle)} of an idle node comes out a little below zero, because rate() extrapolates. So much is noise and
     * read as 0; anything lower is a wrong query.
     */
    double EXTRAPOLATION_NOISE = 0.05;

    /**
     * Takes an answer, unless a single value in it shows that the query or its source is wrong: then none of it is believed.
     *
     * @param ratios by node name, as read
     */
    static SourceAnswer checked(Signal signal, Map<String, Double> ratios, Instant at) {
        var credible = new HashMap<String, Double>();
        for (var entry : ratios.entrySet()) {
            double value = entry.getValue();
            if (!Double.isFinite(value)) {
                return silent(
                        Reading.Cause.NotFinite,
                        "signal %s is %s for node %s: guard the query against division by zero"
                                .formatted(signal.name(), value, entry.getKey()));
            }
            if (value > signal.maxValid() || value < -EXTRAPOLATION_NOISE) {
                return silent(
                        Reading.Cause.OutOfRange,
                        "signal %s is outside 0 to %s for node %s: the query must yield a ratio, not a percentage"
                                .formatted(signal.name(), signal.maxValid(), entry.getKey()));
            }
            credible.put(entry.getKey(), Math.max(0, value));
        }
        return new Answered(credible, at);
    }

    private static Silent silent(Reading.Cause cause, String detail) {
        return new Silent(new Reading.Unavailable(cause, detail));
    }
}
