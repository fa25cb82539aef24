package dev.waterline.cluster;

import dev.waterline.api.v1alpha1.WaterlineAnnotations;
import dev.waterline.decision.relief.ContainerCpu;
import dev.waterline.decision.relief.CpuLimit;
import dev.waterline.decision.relief.PodFacts;
import dev.waterline.decision.relief.PodFacts.NoNote;
import dev.waterline.decision.relief.PodFacts.Note;
import dev.waterline.decision.relief.PodFacts.Owner;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerResizePolicy;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What relief must know of a pod, from the pod itself. */
final class PodFactsReader {
    private static final String CPU = "cpu";

    private PodFactsReader() {}

    static PodFacts read(Pod pod) {
        var metadata = pod.getMetadata();
        var spec = pod.getSpec();
        var status = Optional.ofNullable(pod.getStatus());
        return new PodFacts(
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getUid(),
                metadata.getResourceVersion(),
                Objects.requireNonNullElse(spec.getNodeName(), ""),
                Objects.requireNonNullElse(spec.getPriority(), 0),
                owner(pod),
                annotation(pod, "kubernetes.io/config.mirror").isPresent(),
                metadata.getDeletionTimestamp() != null,
                status.filter(known -> Set.of("Succeeded", "Failed").contains(String.valueOf(known.getPhase())))
                        .isPresent(),
                status.filter(known -> "Burstable".equals(known.getQosClass())).isPresent(),
                spec.getResources() != null,
                spec.getContainers().stream().map(PodFactsReader::container).toList(),
                note(annotation(pod, WaterlineAnnotations.THROTTLED), metadata.getUid()));
    }

    /** The note in an annotation, where there is one. */
    static Note note(Optional<String> annotation, String podUid) {
        return annotation.map(text -> ThrottleAnnotation.parse(text, podUid)).orElseGet(NoNote::new);
    }

    private static Optional<String> annotation(Pod pod, String key) {
        return Optional.ofNullable(pod.getMetadata().getAnnotations()).map(annotations -> annotations.get(key));
    }

    private static Optional<Owner> owner(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .map(owner -> new Owner(owner.getKind(), owner.getName(), owner.getUid()))
                .findFirst();
    }

    private static ContainerCpu container(Container container) {
        var resources = Optional.ofNullable(container.getResources());
        return new ContainerCpu(
                container.getName(),
                cpu(resources.map(ResourceRequirements::getRequests))
                        .map(CpuQuantity::millis)
                        .orElse(0L),
                cpu(resources.map(ResourceRequirements::getLimits))
                        .map(limit -> new CpuLimit(limit.toString(), CpuQuantity.millis(limit))),
                Objects.requireNonNullElse(container.getResizePolicy(), List.<ContainerResizePolicy>of()).stream()
                        .anyMatch(policy -> CPU.equals(policy.getResourceName())
                                && "RestartContainer".equals(policy.getRestartPolicy())));
    }

    private static Optional<Quantity> cpu(Optional<Map<String, Quantity>> quantities) {
        return quantities.map(known -> known.get(CPU));
    }
}
