package dev.waterline.demo;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One time that a node was closed to lower tiers.
 *
 * @param acknowledged from when on no lower-tier pod may bind; null: not yet acknowledged
 * @param released when the node was opened again; null: still closed
 */
record Freeze(
        String node,
        @Nullable Instant acknowledged,
        @Nullable Instant released) {

    Freeze acknowledgedAt(Instant at) {
        return new Freeze(node, at, released);
    }

    Freeze releasedAt(Instant at) {
        return new Freeze(node, acknowledged, at);
    }

    /**
     * Whether the promise holds for a bind at that time.
     *
     * @param tolerance by how much the times of freezes and binds may be off against each other
     */
    boolean covers(Instant at, Duration tolerance) {
        return acknowledged != null
                && !at.isBefore(acknowledged.plus(tolerance))
                && (released == null || at.isBefore(released.minus(tolerance)));
    }
}
