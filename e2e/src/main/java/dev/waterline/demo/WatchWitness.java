package dev.waterline.demo;

import dev.waterline.observer.Freeze;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Watches pods and nodes, where there is no audit log to read. A freeze is taken as acknowledged when its taint is seen, which
 * the operator writes only afterwards; a bind is seen a little later than it was made. So times may be off, and the first two
 * and last two seconds of a freeze are not judged.
 */
final class WatchWitness implements Witness {
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final InstantSource clock;
    private final NodeWatch nodes;
    private final List<SharedIndexInformer<Pod>> informers;
    private final Set<String> seen = new HashSet<>();
    private final List<Bind> binds = new ArrayList<>();

    WatchWitness(KubernetesClient client, List<String> namespaces, InstantSource clock) {
        this.clock = clock;
        this.nodes = new NodeWatch(client, Stage.NODE_LABEL, clock, (node, floor) -> {});
        this.informers = namespaces.stream()
                .map(namespace -> client.pods().inNamespace(namespace).inform(new ResourceEventHandler<Pod>() {
                    @Override
                    public void onAdd(Pod pod) {
                        saw(pod);
                    }

                    @Override
                    public void onUpdate(Pod before, Pod pod) {
                        saw(pod);
                    }

                    @Override
                    public void onDelete(Pod pod, boolean unknown) {
                        saw(pod);
                    }
                }))
                .toList();
    }

    private synchronized void saw(Pod pod) {
        var node = pod.getSpec().getNodeName();
        if (node != null && seen.add(pod.getMetadata().getUid())) {
            binds.add(new Bind(
                    clock.instant(),
                    pod.getMetadata().getNamespace(),
                    pod.getMetadata().getName(),
                    node));
        }
    }

    @Override
    public List<Freeze> freezes() {
        var over = new ArrayList<Freeze>();
        var present = new HashMap<String, Freeze>();
        for (var turn : nodes.turns()) {
            if (turn.floor().isPresent()) {
                present.put(turn.node(), new Freeze(turn.node(), turn.floor().get(), turn.at(), null));
            } else {
                var freeze = present.remove(turn.node());
                if (freeze != null) {
                    over.add(freeze.releasedAt(turn.at()));
                }
            }
        }
        over.addAll(present.values());
        return over;
    }

    @Override
    public synchronized List<Bind> binds() {
        return List.copyOf(binds);
    }

    @Override
    public OptionalInt denials() {
        return OptionalInt.empty();
    }

    @Override
    public Duration tolerance() {
        return TOLERANCE;
    }

    @Override
    public String source() {
        return "watches of pods and nodes, since there is no audit log to read; the times are off by up to "
                + TOLERANCE.toSeconds() + " s";
    }

    @Override
    public void catchUp() {
        // A watch brings what it brings; there is nothing to ask for.
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
        nodes.close();
    }
}
