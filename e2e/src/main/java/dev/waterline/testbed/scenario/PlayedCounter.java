package dev.waterline.testbed.scenario;

import java.util.function.LongSupplier;

/** A counter that grows by itself at a rate that can be set. */
public final class PlayedCounter extends PlayedSeries {
    private static final double NANOS_PER_SECOND = 1e9;

    private final LongSupplier nanoTime;
    private double total;
    private double perSecond;
    private long since;
    private boolean spoilt;

    PlayedCounter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    /**
     * Grows so fast from now on.
     *
     * @param perSecond finite and not negative
     */
    public synchronized void rate(double perSecond) {
        if (!Double.isFinite(perSecond) || perSecond < 0) {
            throw new IllegalArgumentException("rate must be a finite number >= 0, not " + perSecond);
        }
        advance();
        this.perSecond = perSecond;
    }

    /** Adds at once. */
    public synchronized void add(double amount) {
        if (!Double.isFinite(amount) || amount < 0) {
            throw new IllegalArgumentException("amount must be a finite number >= 0, not " + amount);
        }
        total += amount;
    }

    /** Starts again at 0, as when the process that counts was restarted. */
    public synchronized void reset() {
        advance();
        total = 0;
    }

    /** Shows NaN while {@code true}; what is counted is not lost. */
    public synchronized void spoil(boolean spoil) {
        spoilt = spoil;
    }

    @Override
    synchronized double value() {
        advance();
        return spoilt ? Double.NaN : total;
    }

    private void advance() {
        long now = nanoTime.getAsLong();
        total += perSecond * ((now - since) / NANOS_PER_SECOND);
        since = now;
    }
}
