package dev.waterline.decision.pressure;

import java.time.Duration;

/**
 * Dwell and hold times.
 *
 * @param freezeAfter the smoothed signal must have been at or above freezeAbove for so long
 * @param thawAfter it must have been below thawBelow for so long
 * @param minHold and so long must have passed since the node was last hot
 * @param panicAbove ratio; two consecutive raw readings at or above it freeze at once
 * @param maxGap two samples further apart than this do not make one stretch of time
 */
public record Timing(Duration freezeAfter, Duration thawAfter, Duration minHold, double panicAbove, Duration maxGap) {

    /** For how long samples must be kept to decide on a dwell. */
    Duration retention() {
        return freezeAfter.compareTo(thawAfter) > 0 ? freezeAfter : thawAfter;
    }
}
