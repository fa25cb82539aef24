package dev.waterline.decision.pressure;

import dev.waterline.decision.reading.Ewma;
import java.time.Duration;

/**
 * How samples of one signal join their series in one pass. Nearly all nodes were last sampled at the same time, so the weight
 * of the past is worked out once and used again as long as the elapsed time is the same.
 */
final class Smoothing {
    /** So long that no time of this age lies before it, and short enough to be taken from one. */
    private static final long EVER = Long.MAX_VALUE / 2;

    private final Duration halfLife;
    private final long halfLifeMillis;
    private final long maxGapMillis;
    private final long retentionMillis;
    private long elapsedMillis = -1;
    private double weight;

    Smoothing(Signal signal, Timing timing) {
        this(signal, timing, timing.retention().toMillis());
    }

    private Smoothing(Signal signal, Timing timing, long retentionMillis) {
        this.halfLife = signal.halfLife();
        this.halfLifeMillis = halfLife.toMillis();
        this.maxGapMillis = timing.maxGap().toMillis();
        this.retentionMillis = retentionMillis;
    }

    /** Forgets nothing, however long ago it was. */
    static Smoothing keepingAll(Signal signal, Timing timing) {
        return new Smoothing(signal, timing, EVER);
    }

    double weightOfPast(long elapsed) {
        if (elapsed != elapsedMillis) {
            elapsedMillis = elapsed;
            weight = Ewma.weightOfPast(Duration.ofMillis(elapsed), halfLife);
        }
        return weight;
    }

    long halfLifeMillis() {
        return halfLifeMillis;
    }

    long maxGapMillis() {
        return maxGapMillis;
    }

    /** For how long the past must be known. */
    long retentionMillis() {
        return retentionMillis;
    }
}
