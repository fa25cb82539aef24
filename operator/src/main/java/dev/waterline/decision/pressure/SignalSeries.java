package dev.waterline.decision.pressure;

import dev.waterline.decision.reading.Ewma;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.DoublePredicate;

/**
 * What one signal has said of one node lately: smoothed samples over the time that a dwell needs, and the last two raw values.
 *
 * <p>Dwell times are read from the samples themselves and not from timers that a round could refresh, so an edited threshold
 * acts on the samples at hand, and a node that is cool is cool whatever was configured before. A gap longer than
 * {@link Timing#maxGap()} starts the stretch anew: nothing is known of what happened in it.
 */
public final class SignalSeries {
    private static final SignalSeries EMPTY = new SignalSeries(new long[0], new double[0], Double.NaN, Double.NaN);

    private final long[] atMillis;
    private final double[] smoothed;
    private final double raw;
    private final double rawBefore;

    private SignalSeries(long[] atMillis, double[] smoothed, double raw, double rawBefore) {
        this.atMillis = atMillis;
        this.smoothed = smoothed;
        this.raw = raw;
        this.rawBefore = rawBefore;
    }

    static SignalSeries empty() {
        return EMPTY;
    }

    /**
     * A reading from an earlier life of the process. It holds a node that stays absent, but it is no sample: nobody knows how
     * old it was, so it counts towards no dwell, no average and no panic, and the first sample begins the series.
     */
    static SignalSeries remembered(double value, Instant at) {
        return new SignalSeries(new long[] {at.toEpochMilli()}, new double[] {value}, Double.NaN, Double.NaN);
    }

    private static SignalSeries beginning(double value, Instant at) {
        return new SignalSeries(new long[] {at.toEpochMilli()}, new double[] {value}, value, Double.NaN);
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
            return beginning(value, at);
        }
        var elapsed = Duration.between(lastAt(), at);
        if (!elapsed.isPositive()) {
            return this;
        }
        if (elapsed.compareTo(timing.maxGap()) > 0) {
            return beginning(value, at);
        }
        double next = Ewma.next(last(), value, elapsed, signal.halfLife());
        int from = firstNeeded(at.minus(timing.retention()).toEpochMilli());
        int kept = atMillis.length - from;
        var times = Arrays.copyOfRange(atMillis, from, from + kept + 1);
        var values = Arrays.copyOfRange(smoothed, from, from + kept + 1);
        times[kept] = at.toEpochMilli();
        values[kept] = next;
        return new SignalSeries(times, values, value, raw);
    }

    /** The newest sample that is not after the edge: with it, the stretch up to now is covered. */
    private int firstNeeded(long edge) {
        int first = 0;
        while (first + 1 < atMillis.length && atMillis[first + 1] <= edge) {
            first++;
        }
        return first;
    }

    boolean isAtOrAboveFor(double threshold, Duration dwell) {
        return stretch(value -> value >= threshold, lastAt(), dwell);
    }

    boolean isBelowFor(double threshold, Duration dwell) {
        return stretch(value -> value < threshold, lastAt(), dwell);
    }

    /** The same, taking the last value to have gone on until {@code now}: for a node that its exporter no longer shows. */
    boolean isBelowFor(double threshold, Duration dwell, Instant now) {
        return stretch(value -> value < threshold, now, dwell);
    }

    private boolean stretch(DoublePredicate holds, Instant until, Duration dwell) {
        int first = smoothed.length;
        while (first > 0 && holds.test(smoothed[first - 1])) {
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
