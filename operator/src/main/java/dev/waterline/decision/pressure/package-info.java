/**
 * Decides which tiers are frozen on which nodes: the ladder, the hysteresis of each node, and the one step over a pool. Pure:
 * records in, records out, time passed in; ratios (0 to 1) throughout, percentages stay at the edges.
 */
@NullMarked
package dev.waterline.decision.pressure;

import org.jspecify.annotations.NullMarked;
