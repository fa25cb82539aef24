package dev.waterline.decision.relief;

import java.util.List;

/**
 * What one step yields.
 *
 * @param heat for the next step
 * @param throttle by node, lowest tier first
 * @param evict by node, lowest tier first
 */
public record ReliefPlan(Heat heat, List<ThrottleAsk> throttle, List<EvictAsk> evict) {
    public ReliefPlan {
        throttle = List.copyOf(throttle);
        evict = List.copyOf(evict);
    }
}
