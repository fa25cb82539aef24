package dev.waterline.testbed.scenario;

/** A gauge that shows what it was last set to, at first 0. */
public final class PlayedGauge extends PlayedSeries {
    private double value;

    PlayedGauge() {}

    /** Any number, NaN and the infinities included. */
    public synchronized void set(double next) {
        value = next;
    }

    @Override
    synchronized double value() {
        return value;
    }
}
