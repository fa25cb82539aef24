package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.ScaledWorkload;
import dev.waterline.decision.scaling.Recommendations;
import dev.waterline.decision.scaling.ScaleEvents;
import dev.waterline.decision.scaling.ScalingState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What a new process knows of a workload's past, from its status. */
final class ScalingMemory {
    private ScalingMemory() {}

    static ScalingState of(ScaledWorkload resource) {
        var lastActive = Optional.ofNullable(resource.getStatus())
                .flatMap(before -> Optional.ofNullable(before.lastActiveTime()))
                .map(Instant::parse);
        return new ScalingState(
                Instant.parse(resource.getMetadata().getCreationTimestamp()),
                lastActive,
                Recommendations.NONE,
                ScaleEvents.NONE,
                Map.of());
    }
}
