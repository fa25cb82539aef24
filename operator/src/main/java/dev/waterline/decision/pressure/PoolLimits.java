package dev.waterline.decision.pressure;

import java.time.Duration;

/**
 * What holds for a pool as a whole.
 *
 * @param thawShare at most this share of the frozen nodes thaws in a minute, one at least; 1: no limit
 * @param maxFrozen a tier that has been frozen on every node for so long is starved
 * @param suspendPoolShare share of frozen nodes of the pool at or above which nothing is evicted
 * @param suspendZoneShare share of frozen nodes of a zone at or above which nothing is evicted there
 */
public record PoolLimits(double thawShare, Duration maxFrozen, double suspendPoolShare, double suspendZoneShare) {
    /** What a policy has that says nothing about it. */
    public static final PoolLimits DEFAULT = new PoolLimits(0.05, Duration.ofMinutes(30), 0.33, 0.55);
}
