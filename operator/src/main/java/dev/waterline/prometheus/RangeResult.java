package dev.waterline.prometheus;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a range query has come to: a matrix, or {@link QueryResult.Failed}. */
public sealed interface RangeResult permits RangeResult.Matrix, QueryResult.Failed {

    /** A complete range vector, possibly empty. */
    record Matrix(List<History> series) implements RangeResult {
        public Matrix {
            series = List.copyOf(series);
        }
    }

    /**
     * One series over time.
     *
     * @param labels without {@code __name__} if the expression dropped it
     * @param samples in the order of their time; one where the series did not answer is missing
     */
    record History(Map<String, String> labels, List<Sample> samples) {
        public History {
            labels = Map.copyOf(labels);
            samples = List.copyOf(samples);
        }
    }

    /**
     * @param at time of the evaluation
     * @param value as the server gave it: may be NaN or infinite
     */
    record Sample(Instant at, double value) {}
}
