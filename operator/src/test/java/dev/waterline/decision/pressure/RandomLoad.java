package dev.waterline.decision.pressure;

import java.util.Random;

/** The raw readings of one signal on one node: walks, square waves, plateaus and spikes, one after the other. */
final class RandomLoad {
    static final double HIGHEST = 1.4;

    private enum Shape {
        WALK,
        SQUARE_WAVE,
        PLATEAU,
        SPIKES
    }

    private final Random random;
    private Shape shape = Shape.WALK;
    private int left;
    private int period = 1;
    private double level = 0.5;
    private double amplitude;

    RandomLoad(Random random) {
        this.random = random;
    }

    double next() {
        if (left-- <= 0) {
            left = 5 + random.nextInt(60);
            shape = Shape.values()[random.nextInt(Shape.values().length)];
            period = 1 + random.nextInt(12);
            level = random.nextDouble(1.1);
            amplitude = random.nextDouble(0.4);
        }
        double value = switch (shape) {
            case WALK -> level += (random.nextDouble() - 0.5) * 0.1;
            case SQUARE_WAVE -> level + (left / period % 2 == 0 ? amplitude : -amplitude);
            case PLATEAU -> level;
            case SPIKES -> random.nextInt(6) == 0 ? level + 2 * amplitude : level;
        };
        return Math.clamp(value, 0, HIGHEST);
    }
}
