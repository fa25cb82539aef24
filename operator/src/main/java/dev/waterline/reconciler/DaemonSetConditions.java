package dev.waterline.reconciler;

import dev.waterline.cluster.DaemonSetSummary;
import java.util.List;
import java.util.stream.Collectors;

/** The condition about DaemonSets that a freeze would keep from replacing their pods. */
final class DaemonSetConditions {
    static final String NOT_TOLERATING = "DaemonSetsNotTolerating";

    private static final int NAMED = 5;

    private DaemonSetConditions() {}

    /** @param held those that have pods on nodes which this waterline holds frozen, sorted */
    static ConditionFact of(List<DaemonSetSummary> held) {
        if (held.isEmpty()) {
            return new ConditionFact(
                    NOT_TOLERATING, false, "AllTolerate", "No DaemonSet with pods on frozen nodes is held up by them.");
        }
        var names = held.stream()
                .limit(NAMED)
                .map(daemonSet -> daemonSet.namespace() + "/" + daemonSet.name()
                        + (daemonSet.rollingOut() ? " (rolling out now)" : ""))
                .collect(Collectors.joining(", "));
        var more = held.size() > NAMED ? " and %d more".formatted(held.size() - NAMED) : "";
        return new ConditionFact(
                NOT_TOLERATING,
                true,
                "TemplatesDoNotTolerate",
                "On frozen nodes a rollout would delete pods of " + names + more
                        + " and make none until the thaw: let their templates tolerate the taint key with operator"
                        + " Exists, or set the chart's daemonSets.tolerate.");
    }
}
