package dev.waterline.decision.pressure;

/**
 * By how much the elastic waterline moves every freeze and thaw threshold.
 *
 * @param points percent, finite; below 0 freezes earlier
 */
public record Shift(double points) {
    public static final Shift NONE = new Shift(0);

    private static final double LOWEST_THAW = 0.01;
    private static final double HIGHEST_FREEZE = 1.5;

    /** @throws IllegalArgumentException if it is not finite: a threshold that is not a number freezes nothing */
    public Shift {
        if (!Double.isFinite(points)) {
            throw new IllegalArgumentException("the elastic shift must be finite, and is " + points);
        }
    }

    /**
     * Moves both levels together, so that the gap between them stays. A pair that would leave the range from 1 % to 150 % is
     * moved as far as that and no further: below 0 % a node could never thaw.
     */
    Threshold applied(Threshold threshold) {
        double most = Math.max(0, HIGHEST_FREEZE - threshold.freezeAbove());
        double least = Math.min(0, LOWEST_THAW - threshold.thawBelow());
        double by = Math.clamp(points / 100, least, most);
        return by == 0
                ? threshold
                : new Threshold(
                        threshold.signal(),
                        threshold.freezeAbove() + by,
                        threshold.thawBelow() + by,
                        threshold.originTier(),
                        new Origin.Elastic(threshold.origin(), by * 100));
    }
}
