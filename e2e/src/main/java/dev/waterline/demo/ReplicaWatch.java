package dev.waterline.demo;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Watches the replicas that a Deployment is told to have. */
final class ReplicaWatch implements AutoCloseable {

    /** A count and since when it is asked for. */
    record Count(Instant at, int replicas) {}

    private final InstantSource clock;
    private final IntConsumer onChange;
    private final SharedIndexInformer<Deployment> informer;
    private final List<Count> history = new ArrayList<>();

    ReplicaWatch(KubernetesClient client, String namespace, String name, InstantSource clock, IntConsumer onChange) {
        this.clock = clock;
        this.onChange = onChange;
        this.informer = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(Deployment deployment) {
                        seen(deployment);
                    }

                    @Override
                    public void onUpdate(Deployment before, Deployment deployment) {
                        seen(deployment);
                    }

                    @Override
                    public void onDelete(Deployment deployment, boolean unknown) {
                        // The story keeps it; if somebody else deletes it, the count stays what it was.
                    }
                });
    }

    /** The present count; 0 if none was seen yet. */
    synchronized int replicas() {
        return history.isEmpty() ? 0 : history.getLast().replicas();
    }

    /** How often the count fell from then on. */
    synchronized long decreasesSince(Instant from) {
        long decreases = 0;
        for (int i = 1; i < history.size(); i++) {
            if (!history.get(i).at().isBefore(from)
                    && history.get(i).replicas() < history.get(i - 1).replicas()) {
                decreases++;
            }
        }
        return decreases;
    }

    synchronized int highest() {
        return history.stream().mapToInt(Count::replicas).max().orElse(0);
    }

    private void seen(Deployment deployment) {
        int replicas = deployment.getSpec().getReplicas();
        synchronized (this) {
            if (!history.isEmpty() && history.getLast().replicas() == replicas) {
                return;
            }
            history.add(new Count(clock.instant(), replicas));
        }
        onChange.accept(replicas);
    }

    @Override
    public void close() {
        informer.close();
    }
}
