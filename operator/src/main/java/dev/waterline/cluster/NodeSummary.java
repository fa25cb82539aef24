package dev.waterline.cluster;

import dev.waterline.api.v1alpha1.WaterlineAnnotations;
import dev.waterline.arbiter.NodeMarks.Mark;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is kept of a node.
 *
 * @param labels all of them, for selectors
 * @param mark what it carries of ours
 * @param aliases what else it is called, for {@link NodeNames}
 * @param capacity all of its CPU and memory, whether pods may have it or not
 * @param allocatable what of it pods may request
 */
public record NodeSummary(
        String name,
        String uid,
        String resourceVersion,
        Map<String, String> labels,
        Mark mark,
        List<String> aliases,
        NodeResources capacity,
        NodeResources allocatable)
        implements Summary {

    static NodeSummary of(Node node, String taintKey) {
        var metadata = node.getMetadata();
        return new NodeSummary(
                metadata.getName(),
                metadata.getUid(),
                metadata.getResourceVersion(),
                Map.copyOf(Objects.requireNonNullElse(metadata.getLabels(), Map.of())),
                mark(node, taintKey),
                NodeAliases.of(node),
                resources(node, NodeStatus::getCapacity),
                resources(node, NodeStatus::getAllocatable));
    }

    private static NodeResources resources(Node node, Function<NodeStatus, Map<String, Quantity>> which) {
        return node.getStatus() == null ? NodeResources.UNKNOWN : NodeResources.of(which.apply(node.getStatus()));
    }

    static Mark mark(Node node, String taintKey) {
        var annotations = Objects.requireNonNullElse(node.getMetadata().getAnnotations(), Map.<String, String>of());
        return new Mark(floor(node, taintKey), Optional.ofNullable(annotations.get(WaterlineAnnotations.FREEZE)));
    }

    /** One taint as we would write it has its value; anything else with our key must be corrected or go, and counts as 0. */
    private static Optional<Integer> floor(Node node, String taintKey) {
        var taints = node.getSpec() == null ? null : node.getSpec().getTaints();
        var ours = Objects.requireNonNullElse(taints, List.<Taint>of()).stream()
                .filter(taint -> taintKey.equals(taint.getKey()))
                .toList();
        return ours.isEmpty() ? Optional.empty() : Optional.of(ours.size() == 1 ? value(ours.getFirst()) : 0);
    }

    private static int value(Taint taint) {
        var text = Objects.requireNonNullElse(taint.getValue(), "");
        boolean asWritten = "NoSchedule".equals(taint.getEffect()) && text.matches("0|[1-9][0-9]{0,9}");
        return asWritten && Long.parseLong(text) <= Integer.MAX_VALUE ? Integer.parseInt(text) : 0;
    }

    @Override
    public String namespace() {
        return "";
    }
}
