package dev.waterline.decision.pressure;

import dev.waterline.decision.reading.Ewma;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What one signal has said of one node lately: its smoothed value and the past of it, with and without the growth that is
 * reserved for pods bound and not yet measured, and the last two raw values.
 *
 * <p>Dwell times are read from the samples themselves and not from timers that a round could refresh, so an edited threshold
 * acts on the samples at hand, and a node that is cool is cool whatever was configured before.
 *
 * <p>Nothing is known of what happened in a gap longer than {@link Timing#maxGap()}. A hot stretch does not reach across one,
 * nor does a panic; a cool stretch does, if both ends are cool, or a source that answers now and then would freeze for ever.
 * The average goes on across a gap with the weight that the elapsed time leaves to the past, and for its first half-life,
 * while it is mostly its first sample, it is not hot: a single spike at a restart must not freeze what would not have frozen.
 *
 * <p>Reserved growth counts towards freezing and thawing; panic and {@link #isHot} know only what was measured.
 */
public final class SignalSeries {
    private static final long NEVER = Long.MIN_VALUE;
    private static final SignalSeries EMPTY = new SignalSeries(
            new Sample(0, Double.NaN, Double.NaN, Double.NaN, 0),
            new Reach(0, 0, NEVER),
            Staircase.highs(Double.POSITIVE_INFINITY, 0),
            Staircase.lows(Double.NEGATIVE_INFINITY, 0),
            Staircase.lows(Double.NEGATIVE_INFINITY, 0));

    /**
     * The newest sample, in milliseconds and ratios.
     *
     * @param raw NaN: the value was remembered and not sampled
     * @param rawBefore NaN: there is none, or a gap lies between
     * @param reserved growth that was reserved then
     */
    private record Sample(long at, double smoothed, double raw, double rawBefore, double reserved) {}

    /**
     * How far back the samples can be trusted, in milliseconds.
     *
     * @param settled from when on the average is more than its first sample
     * @param unbroken the first sample after the last gap
     * @param reserved the last sample with reserved growth
     */
    private record Reach(long settled, long unbroken, long reserved) {}

    private final Sample last;
    private final Reach reach;
    private final Staircase highs;
    private final Staircase lows;

    /** Without reserved growth; the very same object as the lows as long as none was reserved. */
    private final Staircase measuredLows;

    private SignalSeries(Sample last, Reach reach, Staircase highs, Staircase lows, Staircase measuredLows) {
        this.last = last;
        this.reach = reach;
        this.highs = highs;
        this.lows = lows;
        this.measuredLows = measuredLows;
    }

    static SignalSeries empty() {
        return EMPTY;
    }

    /**
     * A reading from an earlier life of the process. It holds a node that stays absent, but it is no sample: nobody knows how
     * old it was, so it counts towards no dwell, no average and no panic, and the first sample begins the series.
     */
    static SignalSeries remembered(double value, Instant at) {
        long millis = at.toEpochMilli();
        var lows = Staircase.lows(value, millis);
        return new SignalSeries(
                new Sample(millis, value, Double.NaN, Double.NaN, 0),
                new Reach(0, 0, NEVER),
                Staircase.highs(value, millis),
                lows,
                lows);
    }

    private static SignalSeries beginning(double value, long at, double reserved, Smoothing smoothing) {
        var measuredLows = Staircase.lows(value, at);
        return new SignalSeries(
                new Sample(at, value, value, Double.NaN, reserved),
                new Reach(at + smoothing.halfLifeMillis(), at, reserved > 0 ? at : NEVER),
                Staircase.highs(value + reserved, at),
                reserved > 0 ? Staircase.lows(value + reserved, at) : measuredLows,
                measuredLows);
    }

    boolean isEmpty() {
        return Double.isNaN(last.smoothed);
    }

    /** The last smoothed value; NaN while there is none. */
    public double last() {
        return last.smoothed;
    }

    /** The last smoothed value with the growth that is reserved; NaN while there is none. */
    double lastWithReserved() {
        return last.smoothed + last.reserved;
    }

    /** The growth that was reserved with the last smoothed value. */
    double reserved() {
        return last.reserved;
    }

    /** The last raw value; NaN while there is none. */
    public double lastRaw() {
        return last.raw;
    }

    /** When the last sample was taken; the epoch while there is none. */
    public Instant lastAt() {
        return Instant.ofEpochMilli(last.at);
    }

    long lastAtMillis() {
        return last.at;
    }

    /**
     * Adds a sample. One that is not newer than the last is ignored: the source has repeated itself.
     *
     * @param value finite ratio
     * @param at epoch milliseconds
     * @param reserved ratio to be added for pods that the sample does not show yet
     */
    SignalSeries with(double value, long at, double reserved, Smoothing smoothing) {
        long elapsed = at - last.at;
        if (Double.isNaN(last.raw) || -elapsed > smoothing.maxGapMillis()) {
            // Nothing was sampled yet; or the source's clock was set back, and samples from its future would be waited
            // for.
            return beginning(value, at, reserved, smoothing);
        }
        if (elapsed <= 0) {
            return this;
        }
        double next = Ewma.next(last.smoothed, value, smoothing.weightOfPast(elapsed));
        boolean gap = elapsed > smoothing.maxGapMillis();
        long edge = at - smoothing.retentionMillis();
        var reaches = gap || reserved > 0
                ? new Reach(reach.settled, gap ? at : reach.unbroken, reserved > 0 ? at : reach.reserved)
                : reach;
        var measured = measuredLows.with(next, at, edge);
        return new SignalSeries(
                new Sample(at, next, value, gap ? Double.NaN : last.raw, reserved),
                reaches,
                highs.with(next + reserved, at, edge),
                reaches.reserved > edge ? lows.with(next + reserved, at, edge) : measured,
                measured);
    }

    /** The source answers without the node: its last value goes on, with what is reserved for pods that are bound since. */
    SignalSeries goingOn(double reserved, long now, Smoothing smoothing) {
        if (isEmpty() || reserved == last.reserved) {
            return this;
        }
        return new SignalSeries(
                new Sample(last.at, last.smoothed, last.raw, last.rawBefore, reserved),
                reach,
                highs.with(last.smoothed + reserved, now, now - smoothing.retentionMillis()),
                lows,
                measuredLows);
    }

    /** Whether the smoothed value has been measured at or above the level for the dwell, without a gap in between. */
    public boolean isHot(double level, Duration dwell) {
        return isHot(measuredLows, level, dwell);
    }

    /** The same with reserved growth. */
    boolean isHotWithReserved(double level, Duration dwell) {
        return isHot(lows, level, dwell);
    }

    private boolean isHot(Staircase past, double level, Duration dwell) {
        long since = Math.max(past.since(level), Math.max(reach.settled, reach.unbroken));
        return last.at - since >= dwell.toMillis();
    }

    /**
     * Whether the smoothed value has been below for the dwell, reserved growth included.
     *
     * @param until now, for a node that its exporter no longer shows: its last value is taken to have gone on; else the time of
     *     the last sample
     */
    public boolean isCool(double level, Duration dwell, Instant until) {
        return until.toEpochMilli() - highs.since(level) >= dwell.toMillis();
    }

    /** Whether the last two raw readings were both at or above the level. */
    boolean isPanic(double level) {
        return last.raw >= level && last.rawBefore >= level;
    }

    /**
     * When the smoothed value, reserved growth included, was last at or above the level, as far as it is known; epoch
     * milliseconds, {@link Long#MIN_VALUE} if never.
     */
    long lastAtOrAbove(double level) {
        return highs.lastAt(level);
    }

    /**
     * The latest time at which it may have been at or above the level: the last sample that was, or the end of the last gap,
     * or, if no sample is known to have been, the first sample.
     */
    long lastPossiblyAtOrAbove(double level) {
        long known = highs.lastAt(level);
        return Math.max(known == NEVER ? highs.since(level) : known, reach.unbroken);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignalSeries that
                && last.equals(that.last)
                && reach.equals(that.reach)
                && highs.equals(that.highs)
                && lows.equals(that.lows)
                && measuredLows.equals(that.measuredLows);
    }

    @Override
    public int hashCode() {
        return Objects.hash(last, highs);
    }
}
