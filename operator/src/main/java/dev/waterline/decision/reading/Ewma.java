package dev.waterline.decision.reading;

import java.time.Duration;

/**
 * Exponentially weighted moving average over irregular samples.
 *
 * <p>The weight of the past halves every half-life of <em>elapsed time</em>, not per sample, so a missed poll does not change
 * the meaning of the setting: {@code next = value + (previous - value) · 2^(-elapsed/halfLife)}.
 */
public final class Ewma {
    private Ewma() {}

    /**
     * @param previous the average so far, finite
     * @param value the new sample, finite
     * @param elapsed time between the two; zero or negative keeps the past's full weight
     * @param halfLife zero: the new sample as it is
     */
    public static double next(double previous, double value, Duration elapsed, Duration halfLife) {
        if (halfLife.isZero()) {
            return value;
        }
        double weightOfPast = Math.pow(2, -Math.max(0, elapsed.toNanos()) / (double) halfLife.toNanos());
        return value + (previous - value) * weightOfPast;
    }
}
