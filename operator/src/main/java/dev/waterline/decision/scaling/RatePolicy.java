package dev.waterline.decision.scaling;

import java.time.Duration;

/**
 * How much the count may change within a period. A number outside its range is an IllegalArgumentException.
 *
 * @param value pods, or percent of the count at the period's start; at least 1
 * @param period 1 s to 30 min
 */
public record RatePolicy(Type type, int value, Duration period) {
    private static final Duration LONGEST = Duration.ofMinutes(30);

    public RatePolicy {
        if (value < 1) {
            throw new IllegalArgumentException("value must be at least 1, not " + value);
        }
        if (period.compareTo(Duration.ofSeconds(1)) < 0 || period.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "periodSeconds must be 1 to %d, not %d".formatted(LONGEST.toSeconds(), period.toSeconds()));
        }
    }

    /** What {@link #value} counts. */
    public enum Type {
        PODS,
        PERCENT
    }
}
