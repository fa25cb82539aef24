package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a pod template says about where its pods may land. Room and spreading are the scheduler's business and do not count.
 *
 * @param priority written out; empty: the class says
 * @param priorityClass empty: the cluster's default
 * @param nodeSelector labels that a node must have
 * @param affinity what a node must match besides
 * @param tolerations which taints it may have
 */
public record Landing(
        OptionalInt priority,
        Optional<String> priorityClass,
        Map<String, String> nodeSelector,
        Optional<NodeSelector> affinity,
        List<Toleration> tolerations) {

    static Landing of(PodSpec spec) {
        return new Landing(
                spec.getPriority() == null ? OptionalInt.empty() : OptionalInt.of(spec.getPriority()),
                Optional.ofNullable(spec.getPriorityClassName()).filter(name -> !name.isEmpty()),
                Objects.requireNonNullElse(spec.getNodeSelector(), Map.of()),
                Optional.ofNullable(spec.getAffinity())
                        .flatMap(affinity -> Optional.ofNullable(affinity.getNodeAffinity()))
                        .map(NodeAffinity::getRequiredDuringSchedulingIgnoredDuringExecution),
                Objects.requireNonNullElse(spec.getTolerations(), List.of()));
    }

    /** Whether its pods may land there, but for what waterlines freeze. */
    public boolean suits(NodeSummary node) {
        return node.labels().entrySet().containsAll(nodeSelector.entrySet())
                && affinity.filter(selector -> !NodeSelection.matches(selector, node))
                        .isEmpty()
                && node.taints().stream().allMatch(taint -> taint.isToleratedBy(tolerations));
    }
}
