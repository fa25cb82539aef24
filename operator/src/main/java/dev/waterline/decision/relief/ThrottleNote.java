package dev.waterline.decision.relief;

import java.time.Instant;
import java.util.Map;

/**
 * What a throttled pod carries, written before its limits are lowered and removed after they are restored.
 *
 * @param podUid the pod that it speaks of: a copy of that pod must not inherit it
 * @param waterline UID of the PriorityWaterline that asked
 * @param tier the pod's tier there
 * @param percent what was to be left of the limits
 * @param since when it was written
 * @param containers by container name
 */
public record ThrottleNote(
        String podUid, String waterline, String tier, int percent, Instant since, Map<String, Lowered> containers) {
    public ThrottleNote {
        containers = Map.copyOf(containers);
    }

    /** One container's CPU limit, before and after. */
    public record Lowered(CpuLimit original, CpuLimit target) {}
}
