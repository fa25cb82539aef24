package dev.waterline.demo;

import dev.waterline.load.Pace;
import dev.waterline.testbed.process.TestbedException;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Fake nodes in somebody's cluster, with a taint that keeps everything away from them but the play's own pods. */
final class BorrowedNodes {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final String MARK = "kwok.x-k8s.io/node";
    private static final Map<String, Quantity> CAPACITY =
            Map.of("cpu", new Quantity("32"), "memory", new Quantity("128Gi"), "pods", new Quantity("110"));

    private BorrowedNodes() {}

    static List<String> create(KubernetesClient client, int count) {
        var names =
                IntStream.range(0, count).mapToObj(i -> "waterline-demo-" + i).toList();
        names.forEach(name -> client.nodes().resource(node(name)).create());
        if (!Pace.until(READY_WITHIN, () -> ready(client) == count)) {
            throw new TestbedException(
                    "Only %d of %d fake nodes were ready within %d s; does something in the cluster delete"
                                    .formatted(ready(client), count, READY_WITHIN.toSeconds())
                            + " nodes that its cloud does not know?");
        }
        return names;
    }

    static void delete(KubernetesClient client) {
        client.nodes().withLabels(Stage.NODE_LABEL).delete();
    }

    private static long ready(KubernetesClient client) {
        return client.nodes().withLabels(Stage.NODE_LABEL).list().getItems().stream()
                .filter(BorrowedNodes::isReady)
                .count();
    }

    private static boolean isReady(Node node) {
        return node.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"))
                && node.getSpec().getTaints().stream()
                        .noneMatch(taint -> taint.getKey().startsWith("node.kubernetes.io/"));
    }

    private static Node node(String name) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Stage.NODE_LABEL)
                .addToLabels("kubernetes.io/hostname", name)
                .addToLabels("kubernetes.io/os", "linux")
                .addToLabels("type", "kwok")
                .addToAnnotations(MARK, "fake")
                .endMetadata()
                .withNewSpec()
                .addNewTaint("NoSchedule", MARK, null, "fake")
                .endSpec()
                .withNewStatus()
                .withCapacity(CAPACITY)
                .withAllocatable(CAPACITY)
                .endStatus()
                .build();
    }
}
