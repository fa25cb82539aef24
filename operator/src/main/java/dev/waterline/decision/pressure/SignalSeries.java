package dev.waterline.decision.pressure;

import dev.waterline.decision.reading.Ewma;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * What one signal has said of one node lately: smoothed samples over the time that a dwell needs, and the last two raw values.
 *
 * <p>Dwell times are read from the samples themselves and not from timers that a round could refresh, so an edited threshold
 * acts on the samples at hand, and a node that is cool is cool whatever was configured before.
 *
 * <p>Nothing is known of what happened in a gap longer than {@link Timing#maxGap()}. A hot stretch does not reach across one,
 * nor does a panic; a cool stretch does, if both ends are cool, or a source that answers now and then would freeze for ever.
 * The average goes on across a gap with the weight that the elapsed time leaves to the past, and for its first half-life,
 * while it is mostly its first sample, it is not hot: a single spike at a restart must not freeze what would not have frozen.
 */
public final class SignalSeries {
    private static final SignalSeries EMPTY = new SignalSeries(new long[0], new double[0], Double.NaN, Double.NaN, 0);

    private final long[] atMillis;
    private final double[] smoothed;
    private final double raw;
    private final double rawBefore;
    private final long settledMillis;

    /** @param settledMillis from when on the average is more than its first sample */
    private SignalSeries(long[] atMillis, double[] smoothed, double raw, double rawBefore, long settledMillis) {
        this.atMillis = atMillis;
        this.smoothed = smoothed;
        this.raw = raw;
        this.rawBefore = rawBefore;
        this.settledMillis = settledMillis;
    }

    static SignalSeries empty() {
        return EMPTY;
    }

    /**
     * A reading from an earlier life of the process. It holds a node that stays absent, but it is no sample: nobody knows how
     * old it was, so it counts towards no dwell, no average and no panic, and the first sample begins the series.
     */
    static SignalSeries remembered(double value, Instant at) {
        return new SignalSeries(new long[] {at.toEpochMilli()}, new double[] {value}, Double.NaN, Double.NaN, 0);
    }

    private static SignalSeries beginning(double value, Instant at, Signal signal) {
        return new SignalSeries(
                new long[] {at.toEpochMilli()},
                new double[] {value},
                value,
                Double.NaN,
                at.plus(signal.halfLife()).toEpochMilli());
    }

    private boolean hasSample() {
        return !Double.isNaN(raw);
    }

    boolean isEmpty() {
        return atMillis.length == 0;
    }

    /** The last smoothed value; NaN while there is none. */
    public double last() {
        return isEmpty() ? Double.NaN : smoothed[smoothed.length - 1];
    }

    /** The last raw value; NaN while there is none. */
    public double lastRaw() {
        return raw;
    }

    /** When the last sample was taken; the epoch while there is none. */
    Instant lastAt() {
        return isEmpty() ? Instant.EPOCH : Instant.ofEpochMilli(atMillis[atMillis.length - 1]);
    }

    /**
     * Adds a sample. One that is not newer than the last is ignored: the source has repeated itself.
     *
     * @param value finite ratio
     */
    SignalSeries with(double value, Instant at, Signal signal, Timing timing) {
        if (!hasSample()) {
            return beginning(value, at, signal);
        }
        var elapsed = Duration.between(lastAt(), at);
        if (elapsed.negated().compareTo(timing.maxGap()) > 0) {
            // The source's clock was set back; samples from its future would else be waited for.
            return beginning(value, at, signal);
        }
        if (!elapsed.isPositive()) {
            return this;
        }
        double next = Ewma.next(last(), value, elapsed, signal.halfLife());
        int from = firstNeeded(at.minus(timing.retention()).toEpochMilli());
        int kept = atMillis.length - from;
        var times = Arrays.copyOfRange(atMillis, from, from + kept + 1);
        var values = Arrays.copyOfRange(smoothed, from, from + kept + 1);
        times[kept] = at.toEpochMilli();
        values[kept] = next;
        boolean gap = elapsed.compareTo(timing.maxGap()) > 0;
        return new SignalSeries(times, values, value, gap ? Double.NaN : raw, settledMillis);
    }

    /** The newest sample that is not after the edge: with it, the stretch up to now is covered. */
    private int firstNeeded(long edge) {
        int first = 0;
        while (first + 1 < atMillis.length && atMillis[first + 1] <= edge) {
            first++;
        }
        return first;
    }

    /** Whether the smoothed value has been at or above for the dwell, without a gap longer than {@code maxGap}. */
    boolean isHot(double freezeAbove, Duration dwell, Duration maxGap) {
        int first = smoothed.length;
        while (first > 0
                && smoothed[first - 1] >= freezeAbove
                && (first == smoothed.length || atMillis[first] - atMillis[first - 1] <= maxGap.toMillis())) {
            first--;
        }
        return first < smoothed.length
                && lastAt().toEpochMilli() - Math.max(atMillis[first], settledMillis) >= dwell.toMillis();
    }

    /**
     * Whether the smoothed value has been below for the dwell.
     *
     * @param until now, for a node that its exporter no longer shows: its last value is taken to have gone on; else the time of
     *     the last sample
     */
    boolean isCool(double thawBelow, Duration dwell, Instant until) {
        int first = smoothed.length;
        while (first > 0 && smoothed[first - 1] < thawBelow) {
            first--;
        }
        return first < smoothed.length && until.toEpochMilli() - atMillis[first] >= dwell.toMillis();
    }

    /** Whether the last two raw readings were both at or above the level. */
    boolean isPanic(double level) {
        return raw >= level && rawBefore >= level;
    }

    /** When the smoothed value was last at or above the threshold, among the samples kept; the epoch if never. */
    Instant lastAtOrAbove(double threshold) {
        for (int i = smoothed.length - 1; i >= 0; i--) {
            if (smoothed[i] >= threshold) {
                return Instant.ofEpochMilli(atMillis[i]);
            }
        }
        return Instant.EPOCH;
    }
}
