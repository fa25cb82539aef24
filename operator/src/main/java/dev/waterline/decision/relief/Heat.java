package dev.waterline.decision.relief;

import java.time.Instant;
import java.util.Map;

/**
 * For how long nodes have been at or above a relief level. Only samples count: a stretch begins with one and ends with the
 * first that is below, with a gap, with the thaw, or when somebody edits the level. So a restart or an edit may delay relief and
 * never causes it.
 */
public record Heat(Map<Level, Stretch> stretches) {
    public Heat {
        stretches = Map.copyOf(stretches);
    }

    /** Which of a tier's two levels on a node, and where it lies. */
    record Level(String node, String tier, boolean evict, String signal, double above) {}

    /**
     * @param since the first sample
     * @param last the newest
     */
    record Stretch(Instant since, Instant last) {}

    public static Heat none() {
        return new Heat(Map.of());
    }
}
