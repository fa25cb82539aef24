package dev.waterline.decision.elastic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * What a shift does to an objective, minute by minute: nodes fill up to their thresholds, errors grow by a constant factor for
 * each point of load, and the source shows the mean of the last five minutes, some minutes late.
 */
final class Plant {
    private static final int WINDOW = 5;

    private final double gain;
    private final double noise;
    private final Random random;
    private final Deque<Double> shown = new ArrayDeque<>();
    private double balance;

    /**
     * @param gain by how much ln(burn) grows with a point of load
     * @param delay minutes until a burn begins to show
     * @param balance the shift, in points, at which the burn is what the controller aims at
     * @param noise standard deviation of ln(burn)
     */
    Plant(double gain, int delay, double balance, double noise, Random random) {
        this.gain = gain;
        this.balance = balance;
        this.noise = noise;
        this.random = random;
        for (int i = 0; i < delay + WINDOW; i++) {
            shown.add(burn(0));
        }
    }

    /** The same load burns more from now on, as if it were so many points higher. */
    void worsen(double points) {
        balance -= points;
    }

    /** A minute goes by with this shift. */
    double minute(double shift) {
        shown.addLast(burn(shift) * Math.exp(noise * random.nextGaussian()));
        shown.removeFirst();
        return shown.stream().limit(WINDOW).mapToDouble(burn -> burn).average().orElseThrow();
    }

    /** The burn that this shift comes to in the end. */
    double burn(double shift) {
        return 0.8 * Math.exp(gain * (shift - balance));
    }

    double balance() {
        return balance;
    }
}
