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
     * What the average so far counts after a time; who averages many series over the same time asks once.
     *
     * @param elapsed zero or negative keeps the past's full weight
     * @param halfLife zero: only the new sample counts
     * @return 0 to 1
     */
    public static double weightOfPast(Duration elapsed, Duration halfLife) {
        return halfLife.isZero() ? 0 : Math.pow(2, -Math.max(0, elapsed.toNanos()) / (double) halfLife.toNanos());
    }

    /**
     * @param previous the average so far, finite
     * @param value the new sample, finite
     * @param weightOfPast 0 to 1
     */
    public static double next(double previous, double value, double weightOfPast) {
        return value + (previous - value) * weightOfPast;
    }
}
