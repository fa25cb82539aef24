package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What is kept of a DaemonSet.
 *
 * @param tolerates whether its template tolerates our key whatever the value; a pod's own tolerations do not count, for the
 *     DaemonSet controller looks at the template only
 * @param rollingOut whether some of its pods are still of an older template
 */
public record DaemonSetSummary(
        String namespace, String name, String uid, String resourceVersion, boolean tolerates, boolean rollingOut)
        implements Summary {

    static DaemonSetSummary of(DaemonSet daemonSet, String taintKey) {
        var metadata = daemonSet.getMetadata();
        return new DaemonSetSummary(
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getUid(),
                metadata.getResourceVersion(),
                Objects.requireNonNullElse(
                                daemonSet.getSpec().getTemplate().getSpec().getTolerations(), List.<Toleration>of())
                        .stream()
                        .anyMatch(toleration -> toleratesEveryFloor(toleration, taintKey)),
                isRollingOut(daemonSet));
    }

    private static boolean toleratesEveryFloor(Toleration toleration, String taintKey) {
        return "Exists".equals(toleration.getOperator())
                && Set.of("", taintKey).contains(Objects.requireNonNullElse(toleration.getKey(), ""))
                && Set.of("", "NoSchedule").contains(Objects.requireNonNullElse(toleration.getEffect(), ""));
    }

    private static boolean isRollingOut(DaemonSet daemonSet) {
        var status = daemonSet.getStatus();
        if (status == null) {
            return false;
        }
        int updated = Objects.requireNonNullElse(status.getUpdatedNumberScheduled(), 0);
        int desired = Objects.requireNonNullElse(status.getDesiredNumberScheduled(), 0);
        return updated < desired;
    }
}
