package dev.waterline.decision.relief;

import java.time.Duration;

/**
 * Pods of this tier should leave this node.
 *
 * @param perNodePerMinute at most so many in any minute
 * @param releaseTo ratio that the node should come down to
 * @param lag for so long an eviction is not yet visible in the signal
 * @param suspended whether so much of the pool or zone is frozen that nothing may be evicted
 */
public record EvictAsk(
        String node,
        String tier,
        PriorityRange pods,
        int perNodePerMinute,
        double releaseTo,
        Duration lag,
        Observation hot,
        boolean suspended) {}
