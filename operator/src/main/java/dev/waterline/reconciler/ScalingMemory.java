package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.ScaledWorkload;
import dev.waterline.api.v1alpha1.ScaledWorkloadStatus;
import dev.waterline.api.v1alpha1.ScaledWorkloadStatus.TriggerStatus;
import dev.waterline.decision.scaling.Recommendations;
import dev.waterline.decision.scaling.ScaleEvents;
import dev.waterline.decision.scaling.ScaleEvents.ScaleEvent;
import dev.waterline.decision.scaling.ScalingState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What stands in the status for a process to come. Recommendations do not: they change with each poll, and a new process takes
 * the count that it finds for one, as HPA does.
 */
final class ScalingMemory {
    private static final int EVENTS = 32;

    private ScalingMemory() {}

    static ScalingState of(ScaledWorkload resource) {
        var status = Optional.ofNullable(resource.getStatus());
        return new ScalingState(
                Instant.parse(resource.getMetadata().getCreationTimestamp()),
                status.flatMap(before -> Optional.ofNullable(before.lastActiveTime()))
                        .map(Instant::parse),
                Recommendations.NONE,
                new ScaleEvents(status.stream()
                        .flatMap(before -> before.scaleEvents().stream())
                        .map(event -> new ScaleEvent(Instant.parse(event.at()), event.change()))
                        .toList()),
                status.map(before -> failures(resource, before)).orElse(Map.of()));
    }

    /** A trigger that had fallen back goes on so. The failures of others were too few, and are counted anew. */
    private static Map<String, Integer> failures(ScaledWorkload resource, ScaledWorkloadStatus before) {
        var fallback = resource.getSpec().fallback();
        return fallback == null
                ? Map.of()
                : before.triggers().stream()
                        .filter(trigger -> trigger.error() != null && trigger.proposal() != null)
                        .collect(Collectors.toMap(
                                TriggerStatus::name, _ -> fallback.failureThreshold(), (first, _) -> first));
    }

    /** Of more than fit, the first are told as one that came with the last of them, so that they count for longer rather than shorter. */
    static List<ScaledWorkloadStatus.ScaleEvent> told(ScaleEvents remembered) {
        var events = new ArrayList<>(remembered.events());
        while (events.size() > EVENTS) {
            var first = events.removeFirst();
            var second = events.removeFirst();
            events.addFirst(new ScaleEvent(second.at(), first.change() + second.change()));
        }
        return events.stream()
                .map(event -> new ScaledWorkloadStatus.ScaleEvent(
                        event.at().truncatedTo(ChronoUnit.MILLIS).toString(), event.change()))
                .toList();
    }
}
