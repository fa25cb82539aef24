package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Every DaemonSet of the cluster, in summary. */
public final class DaemonSetIndex implements AutoCloseable {
    private final SummaryIndex<DaemonSet, DaemonSetSummary> index;
    private final PodIndex pods;

    public DaemonSetIndex(KubernetesClient client, PodIndex pods, String taintKey) {
        this.pods = pods;
        Informable<DaemonSet> daemonSets = client.apps().daemonSets().inAnyNamespace();
        this.index =
                new SummaryIndex<>(daemonSets, daemonSet -> DaemonSetSummary.of(daemonSet, taintKey), DaemonSet::new);
    }

    public void start() {
        index.start();
    }

    public boolean isSynced() {
        return index.isSynced();
    }

    /** Those that have pods on one of these nodes, whose pods would not come back there while it is frozen; by name. */
    public List<DaemonSetSummary> notTolerating(Set<String> frozenNodes) {
        return frozenNodes.isEmpty()
                ? List.of()
                : pods.all().stream()
                        .filter(pod -> pod.isDaemonSetPod() && frozenNodes.contains(pod.nodeName()))
                        .flatMap(pod -> index.get(pod.namespace(), pod.ownerName()).stream())
                        .filter(daemonSet -> !daemonSet.tolerates())
                        .distinct()
                        .sorted(Comparator.comparing(DaemonSetSummary::namespace)
                                .thenComparing(DaemonSetSummary::name))
                        .toList();
    }

    @Override
    public void close() {
        index.close();
    }
}
