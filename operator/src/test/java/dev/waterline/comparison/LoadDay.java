package dev.waterline.comparison;

import java.time.Duration;
import java.util.Random;

/**
 * A day of CPU load on a pool: a mean of 66 %, a wave of ±14 points that all nodes share, lowest at
 * midnight, and on each node a first
 * order autoregressive walk (0.98 a sample, standard deviation 5 points) and about twelve bursts of 10 to 30 points for 1 to 10
 * minutes. What the machines decide does not change it.
 */
final class LoadDay {
    static final Duration SAMPLE = Duration.ofSeconds(10);
    static final double HOT = 0.82;

    private static final int NODES = 100;
    private static final int SAMPLES = (int) Duration.ofDays(1).dividedBy(SAMPLE);
    private static final double MEAN = 0.66;
    private static final double WAVE = 0.14;
    private static final double MEMORY = 0.98;
    private static final double DEVIATION = 0.05;
    private static final double BURSTS = 12;

    private final double[][] ratios;

    private LoadDay(double[][] ratios) {
        this.ratios = ratios;
    }

    static LoadDay ofSeed(long seed) {
        var random = new Random(seed);
        var ratios = new double[NODES][];
        for (int node = 0; node < NODES; node++) {
            ratios[node] = walk(random);
        }
        return new LoadDay(ratios);
    }

    private static double[] walk(Random random) {
        var ratios = new double[SAMPLES];
        double drift = DEVIATION * random.nextGaussian();
        double burst = 0;
        int burstLeft = 0;
        for (int i = 0; i < SAMPLES; i++) {
            drift = MEMORY * drift + StrictMath.sqrt(1 - MEMORY * MEMORY) * DEVIATION * random.nextGaussian();
            if (burstLeft == 0 && random.nextDouble() < BURSTS / SAMPLES) {
                burst = 0.1 + 0.2 * random.nextDouble();
                burstLeft = 6 + random.nextInt(55);
            }
            burstLeft = Math.max(0, burstLeft - 1);
            double wave = -WAVE * StrictMath.cos(2 * Math.PI * i / SAMPLES);
            ratios[i] = Math.clamp(MEAN + wave + drift + (burstLeft > 0 ? burst : 0), 0, 1);
        }
        return ratios;
    }

    /** The samples of one node, each 0 to 1. */
    double[] node(int node) {
        return ratios[node];
    }

    int nodes() {
        return ratios.length;
    }

    int samples() {
        return ratios[0].length;
    }
}
