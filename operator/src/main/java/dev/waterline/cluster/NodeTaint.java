package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A taint that keeps pods off a node unless they tolerate it. Taints that only advise are none. */
public record NodeTaint(String key, String value, String effect) {
    private static final Set<String> HARD = Set.of("NoSchedule", "NoExecute");

    /** All but our own, which says for itself whom it keeps off. */
    static List<NodeTaint> of(Node node, String ourKey) {
        var taints = node.getSpec() == null ? null : node.getSpec().getTaints();
        return Objects.requireNonNullElse(taints, List.<Taint>of()).stream()
                .filter(taint -> !ourKey.equals(taint.getKey()) && HARD.contains(taint.getEffect()))
                .map(taint -> new NodeTaint(
                        taint.getKey(), Objects.requireNonNullElse(taint.getValue(), ""), taint.getEffect()))
                .toList();
    }

    boolean isToleratedBy(List<Toleration> tolerations) {
        return tolerations.stream().anyMatch(this::isToleratedBy);
    }

    private boolean isToleratedBy(Toleration toleration) {
        boolean exists = "Exists".equals(toleration.getOperator());
        var wantedKey = Objects.requireNonNullElse(toleration.getKey(), "");
        var wantedEffect = Objects.requireNonNullElse(toleration.getEffect(), "");
        return (wantedEffect.isEmpty() || wantedEffect.equals(effect))
                && (wantedKey.isEmpty() ? exists : wantedKey.equals(key))
                && (exists
                        || Objects.requireNonNullElse(toleration.getValue(), "").equals(value));
    }
}
