package dev.waterline.cluster;

import dev.waterline.api.v1alpha1.WaterlineAnnotations;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.Volume;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a pod.
 *
 * @param priority resolved by the API server; 0 where it has none
 * @param nodeName where it is bound; empty: nowhere yet
 * @param ownerKind kind of its controller; empty: bare
 * @param ownerName name of its controller; empty: bare
 * @param mirror whether it is the mirror of a static pod
 * @param finished whether it has succeeded or failed
 * @param cpuRequestMillis sum over its containers
 * @param cpuLimitMillis sum over its containers; empty if one of them has none
 * @param memoryRequestBytes sum over its containers
 * @param boundAt when it was scheduled; empty: not yet
 * @param toleratedFloors values of its Equal tolerations for our key
 * @param toleratesAnyFloor whether it tolerates our key whatever the value
 * @param claims names of its PersistentVolumeClaims
 * @param throttled the annotation that says how it was throttled
 */
public record PodSummary(
        String namespace,
        String name,
        String uid,
        String resourceVersion,
        int priority,
        String nodeName,
        String ownerKind,
        String ownerName,
        boolean mirror,
        boolean finished,
        long cpuRequestMillis,
        Optional<Long> cpuLimitMillis,
        long memoryRequestBytes,
        Optional<Instant> boundAt,
        Set<String> toleratedFloors,
        boolean toleratesAnyFloor,
        List<String> claims,
        Optional<String> throttled)
        implements Summary {

    static PodSummary of(Pod pod, String taintKey) {
        var metadata = pod.getMetadata();
        var spec = pod.getSpec();
        var ours = spec.getTolerations().stream()
                .filter(t -> t.getKey() == null || t.getKey().isEmpty() || taintKey.equals(t.getKey()))
                .filter(t -> t.getEffect() == null || t.getEffect().isEmpty() || "NoSchedule".equals(t.getEffect()))
                .toList();
        return new PodSummary(
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getUid(),
                metadata.getResourceVersion(),
                Objects.requireNonNullElse(spec.getPriority(), 0),
                Objects.requireNonNullElse(spec.getNodeName(), ""),
                controller(pod, OwnerReference::getKind),
                controller(pod, OwnerReference::getName),
                Objects.requireNonNullElse(metadata.getAnnotations(), Map.<String, String>of())
                        .containsKey("kubernetes.io/config.mirror"),
                pod.getStatus() != null
                        && Set.of("Succeeded", "Failed")
                                .contains(String.valueOf(pod.getStatus().getPhase())),
                sum(spec.getContainers(), "cpu", true)
                        .orElse(BigDecimal.ZERO)
                        .movePointRight(3)
                        .longValue(),
                sum(spec.getContainers(), "cpu", false)
                        .map(cores -> cores.movePointRight(3).longValue()),
                sum(spec.getContainers(), "memory", true)
                        .orElse(BigDecimal.ZERO)
                        .longValue(),
                boundAt(pod),
                ours.stream()
                        .filter(t ->
                                t.getOperator() == null || t.getOperator().isEmpty() || "Equal".equals(t.getOperator()))
                        .map(Toleration::getValue)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toUnmodifiableSet()),
                ours.stream().anyMatch(t -> "Exists".equals(t.getOperator())),
                Objects.requireNonNullElse(spec.getVolumes(), List.<Volume>of()).stream()
                        .filter(volume -> volume.getPersistentVolumeClaim() != null)
                        .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
                        .toList(),
                Optional.ofNullable(metadata.getAnnotations())
                        .map(annotations -> annotations.get(WaterlineAnnotations.THROTTLED)));
    }

    public boolean isBound() {
        return !nodeName.isEmpty();
    }

    public boolean isDaemonSetPod() {
        return ownerKind.equals("DaemonSet");
    }

    /** Whether a node with this floor would admit the pod as far as its tolerations go. */
    public boolean tolerates(int floor) {
        return toleratesAnyFloor || toleratedFloors.contains(Integer.toString(floor));
    }

    private static String controller(Pod pod, Function<OwnerReference, String> field) {
        return pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst()
                .map(field)
                .orElse("");
    }

    private static Optional<Instant> boundAt(Pod pod) {
        if (pod.getStatus() == null) {
            return Optional.empty();
        }
        return pod.getStatus().getConditions().stream()
                .filter(condition -> "PodScheduled".equals(condition.getType()) && "True".equals(condition.getStatus()))
                .map(PodCondition::getLastTransitionTime)
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .findFirst();
    }

    /** Empty as soon as one container does not say. For requests, such a container counts as nothing. */
    private static Optional<BigDecimal> sum(List<Container> containers, String resource, boolean requests) {
        var total = BigDecimal.ZERO;
        for (var container : containers) {
            var resources = container.getResources();
            var quantities = resources == null ? null : requests ? resources.getRequests() : resources.getLimits();
            @Nullable Quantity quantity = quantities == null ? null : quantities.get(resource);
            if (quantity == null && !requests) {
                return Optional.empty();
            }
            if (quantity != null) {
                total = total.add(quantity.getNumericalAmount());
            }
        }
        return Optional.of(total);
    }
}
