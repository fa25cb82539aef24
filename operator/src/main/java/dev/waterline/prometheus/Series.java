package dev.waterline.prometheus;

import java.util.Map;

/**
 * One element of an instant vector.
 *
 * @param labels without {@code __name__} if the expression dropped it
 * @param value as the server gave it: may be NaN or infinite
 */
public record Series(Map<String, String> labels, double value) {
    public Series {
        labels = Map.copyOf(labels);
    }
}
