package dev.waterline.decision.relief;

import java.time.Duration;
import java.time.Instant;

/**
 * What was seen of a node that stays hot.
 *
 * @param ratio smoothed
 * @param above the level that it has been at or above
 * @param dwell for at least so long
 * @param sampledAt when the newest sample was taken
 */
public record Observation(String signal, double ratio, double above, Duration dwell, Instant sampledAt) {}
