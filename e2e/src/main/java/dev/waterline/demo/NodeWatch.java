package dev.waterline.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waterline.api.v1alpha1.WaterlineAnnotations;
import dev.waterline.observer.Marks;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Watches the floors on the nodes, as anybody can with {@code kubectl get nodes --watch}. */
final class NodeWatch implements AutoCloseable {
    /**
     * A taint that came or went.
     *
     * @param floor that it carries; empty: it went
     */
    record Turn(Instant at, String node, Optional<Integer> floor) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final InstantSource clock;
    private final BiConsumer<String, Optional<String>> onChange;
    private final SharedIndexInformer<Node> informer;
    private final Map<String, String> floors = new ConcurrentHashMap<>();
    private final Map<String, List<Instant>> decisions = new ConcurrentHashMap<>();
    private final List<Turn> turns = new ArrayList<>();

    /** @param onChange told the node and its new floor, empty when it thawed */
    NodeWatch(
            KubernetesClient client,
            Map<String, String> label,
            InstantSource clock,
            BiConsumer<String, Optional<String>> onChange) {
        this.clock = clock;
        this.onChange = onChange;
        this.informer = client.nodes().withLabels(label).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Node node) {
                seen(node);
            }

            @Override
            public void onUpdate(Node before, Node node) {
                seen(node);
            }

            @Override
            public void onDelete(Node node, boolean unknown) {
                floors.remove(node.getMetadata().getName());
            }
        });
    }

    /** Floors by node name; a node that is not frozen is left out. */
    Map<String, String> floors() {
        return Map.copyOf(floors);
    }

    /** When the operator decided each freeze, as it notes on the node itself. */
    Map<String, List<Instant>> decisions() {
        return Map.copyOf(decisions);
    }

    synchronized List<Turn> turns() {
        return List.copyOf(turns);
    }

    private void seen(Node node) {
        var name = node.getMetadata().getName();
        var floor = node.getSpec().getTaints().stream()
                .filter(taint -> Marks.TAINT_KEY.equals(taint.getKey()))
                .map(taint -> taint.getValue())
                .findFirst();
        var before = Optional.ofNullable(floors.get(name));
        if (floor.equals(before)) {
            return;
        }
        floor.ifPresentOrElse(value -> floors.put(name, value), () -> floors.remove(name));
        if (floor.isPresent() != before.isPresent()) {
            synchronized (this) {
                turns.add(new Turn(clock.instant(), name, floor.map(Integer::valueOf)));
            }
        }
        if (floor.isPresent()) {
            decidedAt(node)
                    .ifPresent(at -> decisions.merge(name, List.of(at), (some, one) -> {
                        var all = new ArrayList<>(some);
                        all.addAll(one);
                        return List.copyOf(all);
                    }));
        }
        onChange.accept(name, floor);
    }

    private static Optional<Instant> decidedAt(Node node) {
        var text = node.getMetadata().getAnnotations().get(WaterlineAnnotations.FREEZE);
        if (text == null) {
            return Optional.empty();
        }
        try {
            var since = new ArrayList<Instant>();
            for (var waterline : JSON.readTree(text).path("waterlines")) {
                for (var tier : waterline.path("tiers")) {
                    since.add(Instant.parse(tier.path("since").asText()));
                }
            }
            return since.stream().min(Instant::compareTo);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "The annotation " + WaterlineAnnotations.FREEZE + " of "
                            + node.getMetadata().getName() + " is no JSON",
                    e);
        }
    }

    @Override
    public void close() {
        informer.close();
    }
}
