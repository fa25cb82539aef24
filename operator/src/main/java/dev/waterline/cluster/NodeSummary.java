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
 * @param overrides what people have ordered of it
 * @param taints of others, that keep pods off
 */
public record NodeSummary(
        String name,
        String uid,
        String resourceVersion,
        Map<String, String> labels,
        Mark mark,
        List<String> aliases,
        NodeResources capacity,
        NodeResources allocatable,
        Overrides overrides,
        List<NodeTaint> taints)
        implements Summary {

    private static final String ZONE_LABEL = "topology.kubernetes.io/zone";

    /**
     * The override annotations as they are.
     *
     * @param freeze absent: none
     * @param thaw absent: none
     */
    public record Overrides(Optional<String> freeze, Optional<String> thaw) {
        public static final Overrides NONE = new Overrides(Optional.empty(), Optional.empty());

        static Overrides of(Map<String, String> annotations) {
            var freeze = Optional.ofNullable(annotations.get(WaterlineAnnotations.FREEZE_OVERRIDE));
            var thaw = Optional.ofNullable(annotations.get(WaterlineAnnotations.THAW_OVERRIDE));
            return freeze.isEmpty() && thaw.isEmpty() ? NONE : new Overrides(freeze, thaw);
        }
    }

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
                resources(node, NodeStatus::getAllocatable),
                Overrides.of(annotations(node)),
                NodeTaint.of(node, taintKey));
    }

    private static NodeResources resources(Node node, Function<NodeStatus, Map<String, Quantity>> which) {
        return node.getStatus() == null ? NodeResources.UNKNOWN : NodeResources.of(which.apply(node.getStatus()));
    }

    static Mark mark(Node node, String taintKey) {
        return new Mark(
                floor(node, taintKey), Optional.ofNullable(annotations(node).get(WaterlineAnnotations.FREEZE)));
    }

    private static Map<String, String> annotations(Node node) {
        return Objects.requireNonNullElse(node.getMetadata().getAnnotations(), Map.of());
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

    /** Where it stands; empty: it does not say. */
    public String zone() {
        return labels.getOrDefault(ZONE_LABEL, "");
    }

    @Override
    public String namespace() {
        return "";
    }
}
