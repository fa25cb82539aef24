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
    /** @param at epoch milliseconds; {@link Long#MIN_VALUE}: never */
    FrozenTier hotAt(long at) {
        return at > Long.MIN_VALUE && at > lastHot.toEpochMilli()
                ? new FrozenTier(since, Instant.ofEpochMilli(at), why)
                : this;
    }
}
