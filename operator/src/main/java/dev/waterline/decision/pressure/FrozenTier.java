package dev.waterline.decision.pressure;

import java.time.Instant;

/**
 * A tier frozen on a node.
 *
 * @param since when it froze
 * @param lastHot when the node was last at or above the threshold, or in panic
 * @param why what froze it
 */
public record FrozenTier(Instant since, Instant lastHot, Evidence why) {
    FrozenTier hotAt(Instant at) {
        return at.isAfter(lastHot) ? new FrozenTier(since, at, why) : this;
    }
}
