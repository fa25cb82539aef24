package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import java.util.Collection;
import java.util.Optional;

/** Every pod of the cluster, in summary. */
public final class PodIndex implements AutoCloseable {
    private final SummaryIndex<Pod, PodSummary> index;
    private final KubernetesClient client;
    private final String taintKey;

    public PodIndex(KubernetesClient client, String taintKey) {
        this.client = client;
        this.taintKey = taintKey;
        Informable<Pod> pods = client.pods().inAnyNamespace();
        this.index = new SummaryIndex<>(pods, pod -> PodSummary.of(pod, taintKey), Pod::new);
    }

    public void start() {
        index.start();
    }

    public boolean isSynced() {
        return index.isSynced();
    }

    public Optional<PodSummary> cached(String namespace, String name) {
        return index.get(namespace, name);
    }

    /** Asks the API server. */
    public Optional<PodSummary> live(String namespace, String name) {
        return Optional.ofNullable(
                        client.pods().inNamespace(namespace).withName(name).get())
                .map(pod -> PodSummary.of(pod, taintKey));
    }

    public Collection<PodSummary> all() {
        return index.all();
    }

    @Override
    public void close() {
        index.close();
    }
}
