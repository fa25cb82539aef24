package dev.waterline.decision.relief;

import java.time.Duration;
import java.util.Optional;

/**
 * The relief that one tier may get on a node where it is frozen.
 *
 * @param tier its name
 * @param pods whom it concerns
 * @param signal whose smoothed ratio is compared
 * @param freezeAbove ratio; evictions release as much as would bring the node down to it
 * @param lag for so long an eviction is not yet visible in the signal
 * @param throttle absent: never
 * @param evict absent: never
 */
public record ReliefTier(
        String tier,
        PriorityRange pods,
        String signal,
        double freezeAbove,
        Duration lag,
        Optional<Throttle> throttle,
        Optional<Evict> evict) {

    /**
     * @param above ratio, never shifted by windows or an elastic waterline
     * @param after the signal must have been at or above it for so long
     * @param percent what is left of a CPU limit, 1 to 99
     */
    public record Throttle(double above, Duration after, int percent) {}

    /**
     * @param above ratio, never shifted by windows or an elastic waterline
     * @param after the signal must have been at or above it for so long
     * @param perNodePerMinute at most so many from one node in any minute
     */
    public record Evict(double above, Duration after, int perNodePerMinute) {}
}
