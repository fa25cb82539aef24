package dev.waterline.testbed;

import dev.waterline.testbed.process.Deadline;
import dev.waterline.testbed.process.TestbedException;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Nodes without machines; kwok plays their kubelets. */
public final class FakeNodes {
    private static final int AT_ONCE = 32;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BASE_WAIT = Duration.ofSeconds(60);
    private static final Duration WAIT_PER_NODE = Duration.ofMillis(50);

    /** Else kwok gives all its nodes one and the same. */
    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    private final KubernetesClient client;

    FakeNodes(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Makes the nodes {@code prefix-0} to {@code prefix-(count - 1)} and waits until all are ready and may be scheduled to.
     *
     * @param labels beside host name, operating system and architecture
     * @return their names
     * @throws TestbedException if one cannot be made, or is not ready within 60 s and 50 ms a node
     */
    public List<String> create(int count, String prefix, Map<String, String> labels, NodeCapacity capacity) {
        var names = IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
        each(
                names,
                name -> client.nodes().resource(node(name, labels, capacity)).create());
        awaitReady(names, Deadline.after(BASE_WAIT.plus(WAIT_PER_NODE.multipliedBy(count))));
        return names;
    }

    /** Deletes nodes; those that are not there are fine. Their pods follow when the garbage collector finds them. */
    public void delete(List<String> names) {
        each(names, name -> client.nodes().withName(name).delete());
    }

    private static void each(List<String> names, Consumer<String> action) {
        try (var executor =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<? extends Future<?>> futures = names.stream()
                    .map(name -> executor.submit(() -> action.accept(name)))
                    .toList();
            for (var future : futures) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw new TestbedException("A fake node could not be written: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw TestbedException.interrupted("writing fake nodes", e);
        }
    }

    private void awaitReady(List<String> names, Deadline deadline) {
        var waiting = new HashSet<>(names);
        if (!deadline.await(POLL, () -> {
            waiting.removeAll(readyNodes());
            return waiting.isEmpty();
        })) {
            throw new TestbedException("%d of %d fake nodes did not get ready in time, among them %s; is kwok running?"
                    .formatted(waiting.size(), names.size(), waiting.iterator().next()));
        }
    }

    private Set<String> readyNodes() {
        var ready = new HashSet<String>();
        for (var node : client.nodes().list().getItems()) {
            if (isReady(node)) {
                ready.add(node.getMetadata().getName());
            }
        }
        return ready;
    }

    /** Ready alone does not do: the taint that keeps pods off a new node goes a little later. */
    private static boolean isReady(Node node) {
        return node.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"))
                && node.getSpec().getTaints().stream()
                        .noneMatch(taint -> taint.getKey().startsWith("node.kubernetes.io/"));
    }

    private static String nextAddress() {
        int next = ADDRESSES.incrementAndGet();
        return "10.%d.%d.%d".formatted(next >> 16 & 255, next >> 8 & 255, next & 255);
    }

    private static Node node(String name, Map<String, String> labels, NodeCapacity capacity) {
        var all = new HashMap<>(
                Map.of("kubernetes.io/hostname", name, "kubernetes.io/os", "linux", "kubernetes.io/arch", "amd64"));
        all.putAll(labels);
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(all)
                .addToAnnotations("kwok.x-k8s.io/node", "fake")
                .endMetadata()
                .withNewStatus()
                .withCapacity(capacity.quantities())
                .withAllocatable(capacity.quantities())
                .addNewAddress(nextAddress(), "InternalIP")
                .addNewAddress(name, "Hostname")
                .endStatus()
                .build();
    }
}
