package dev.waterline.decision.pressure;

import java.time.Duration;

/**
 * How one signal is read.
 *
 * @param name unique in its policy
 * @param halfLife of the smoothing; zero: raw
 * @param maxValid a ratio above this, or below 0, makes the signal invalid for the pass
 */
public record Signal(String name, Duration halfLife, double maxValid) {}
