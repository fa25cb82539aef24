package dev.waterline.comparison;

/** Volcano's agent at its defaults: six samples in a row at or above 80 % freeze, the first at or below 30 % thaws. */
final class VolcanoAgent implements Machine {
    private static final double HIGH = 0.80;
    private static final double LOW = 0.30;
    private static final int HIGH_USAGE_COUNT = 6;

    private int high;
    private boolean frozen;

    @Override
    public boolean next(double ratio) {
        high = ratio >= HIGH ? high + 1 : 0;
        frozen = high >= HIGH_USAGE_COUNT || (frozen && ratio > LOW);
        return frozen;
    }
}
