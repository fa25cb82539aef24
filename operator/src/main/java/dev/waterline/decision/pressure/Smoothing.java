package dev.waterline.decision.pressure;

import dev.waterline.decision.reading.Ewma;
import java.time.Duration;

/**
 * How samples of one signal join their series in one pass. Nearly all nodes were last sampled at the same time, so the weight
 * of the past is worked out once and used again as long as the elapsed time is the same.
 */
final class Smoothing {
    private final Duration halfLife;
    private final long halfLifeMillis;
    private final long maxGapMillis;
    private final long retentionMillis;
    private long elapsedMillis = -1;
    private double weight;

    Smoothing(Signal signal, Timing timing) {
        this.halfLife = signal.halfLife();
        this.halfLifeMillis = halfLife.toMillis();
        this.maxGapMillis = timing.maxGap().toMillis();
        this.retentionMillis = timing.retention().toMillis();
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
