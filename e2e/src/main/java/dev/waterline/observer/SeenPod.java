package dev.waterline.observer;

import dev.waterline.testbed.User;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Objects;

/**
 * What matters of a pod for judging where it landed.
 *
 * @param bornOn the node that it named when it was created; empty: none, as for every pod that a scheduler binds
 * @param created to the second
 * @param exempt whether the guard lets it pass whatever its priority: DaemonSet pods, mirrors, the operator's own
 */
record SeenPod(
        String uid, String namespace, String name, int priority, String bornOn, Instant created, boolean exempt) {

    /**
     * @param pod as it was when it was first seen
     * @param fromBirth whether that was when it was created
     */
    static SeenPod of(Pod pod, boolean fromBirth) {
        var metadata = pod.getMetadata();
        boolean daemon = metadata.getOwnerReferences().stream()
                .anyMatch(owner -> "DaemonSet".equals(owner.getKind()) && Boolean.TRUE.equals(owner.getController()));
        boolean mirror = metadata.getAnnotations() != null
                && metadata.getAnnotations().containsKey("kubernetes.io/config.mirror");
        return new SeenPod(
                metadata.getUid(),
                metadata.getNamespace(),
                metadata.getName(),
                Objects.requireNonNullElse(pod.getSpec().getPriority(), 0),
                fromBirth ? Objects.requireNonNullElse(pod.getSpec().getNodeName(), "") : "",
                Instant.parse(metadata.getCreationTimestamp()),
                daemon || mirror || User.OPERATOR_NAMESPACE.equals(metadata.getNamespace()));
    }
}
