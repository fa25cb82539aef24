package dev.waterline.observer;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One time that a node was closed to pods below a floor.
 *
 * @param floor pods with a lower priority may not bind
 * @param acknowledged from when on no such pod may bind; null: not yet acknowledged
 * @param released when the node was opened again, or closed at another floor; null: still closed
 */
public record Freeze(
        String node,
        int floor,
        @Nullable Instant acknowledged,
        @Nullable Instant released) {

    Freeze acknowledgedAt(Instant at) {
        return new Freeze(node, floor, at, released);
    }

    public Freeze releasedAt(Instant at) {
        return new Freeze(node, floor, acknowledged, at);
    }

    /**
     * Whether the promise holds for a bind at that time.
     *
     * @param tolerance by how much the times of freezes and binds may be off against each other
     */
    public boolean covers(Instant at, Duration tolerance) {
        return acknowledged != null
                && !at.isBefore(acknowledged.plus(tolerance))
                && (released == null || at.isBefore(released.minus(tolerance)));
    }
}
