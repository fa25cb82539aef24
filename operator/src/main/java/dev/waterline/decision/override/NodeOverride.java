package dev.waterline.decision.override;

import java.time.Instant;

/** What a person has ordered of one node, until a time. It counts beside what the waterlines want of the node. */
public sealed interface NodeOverride {
    /** It is in force before this moment. */
    Instant until();

    /**
     * The node has this floor at least; a waterline that wants a higher one gets it.
     *
     * @param floor pods with priority below it may not land there, 0 to 1000000001
     */
    record Freeze(int floor, Instant until) implements NodeOverride {}

    /** The node has no floor, whatever the waterlines or a {@link Freeze} want. */
    record Thaw(Instant until) implements NodeOverride {}
}
