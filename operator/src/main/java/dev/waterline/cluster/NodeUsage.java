package dev.waterline.cluster;

import dev.waterline.decision.reading.Reading;
import java.time.Instant;
import java.util.Map;

/** What a look at {@code metrics.k8s.io} has yielded for all nodes. */
public sealed interface NodeUsage {

    /**
     * What one node used.
     *
     * @param at when it was measured
     */
    record Measured(NodeResources used, Instant at) {}

    /** @param nodes by name; a node whose entry cannot be read is absent */
    record Known(Map<String, Measured> nodes) implements NodeUsage {
        public Known {
            nodes = Map.copyOf(nodes);
        }
    }

    /** @param detail one sentence that stays the same from look to look */
    record Unknown(Reading.Cause cause, String detail) implements NodeUsage {}
}
