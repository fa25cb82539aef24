package dev.waterline.e2e;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.User;
import dev.waterline.testbed.junit.WithTestbed;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Another controller writes taints and labels of the same nodes while waterlines freeze and thaw them. */
@WithTestbed(group = "pressure")
class ForeignTaintsIT {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final int NODES = 4;
    private static final int EDITS_EACH = 250;
    private static final long SEED = 20260701;

    @BeforeAll
    static void install(Testbed testbed) {
        TestPods.createClasses(testbed.client());
        InstalledOperator.in(testbed);
    }

    @Test
    void whatAnotherWriterHasWrittenIsByteForByteThereAfterAThousandConcurrentEdits(Testbed testbed) throws Exception {
        var pool = Pool.of(testbed, "shared", NODES);
        pool.waterline(
                "timing: {freezeAfter: 1s, thawAfter: 1s, minHold: 1s, panicAbove: 99, thawPercentPerMinute: 100}");
        await().atMost(SOON).until(() -> pool.condition("Enforced").equals("True/Acknowledged"));
        var from = Instant.now();
        var done = new CountDownLatch(NODES * EDITS_EACH);
        var writers = pool.nodes().stream()
                .map(node -> new OtherWriter(testbed.client(), node, done))
                .toList();

        try (var schedule = Executors.newScheduledThreadPool(NODES + 1)) {
            for (var writer : writers) {
                var _ = schedule.scheduleWithFixedDelay(writer::edit, 0, 60, TimeUnit.MILLISECONDS);
            }
            var hot = new boolean[1];
            var _ = schedule.scheduleWithFixedDelay(
                    () -> {
                        hot[0] = !hot[0];
                        pool.nodes().forEach(node -> pool.heat(node, hot[0] ? 0.9 : 0.3));
                    },
                    0,
                    5,
                    TimeUnit.SECONDS);
            assertThat(done.await(120, TimeUnit.SECONDS))
                    .as("all edits were made")
                    .isTrue();
            schedule.shutdownNow();
        }

        assertThat(writers)
                .allSatisfy(writer -> assertThat(writer.losses)
                        .as("what was lost on the way (seed " + SEED + ")")
                        .isEmpty());
        for (var writer : writers) {
            assertThat(OtherWriter.foreign(pool.node(writer.node))).isEqualTo(writer.written);
        }
        long ours =
                testbed
                        .audit()
                        .writesBy(testbed.identity(User.OPERATOR).user().username(), from, Instant.now())
                        .stream()
                        .filter(write ->
                                write.resource().equals("nodes") && write.name().startsWith("shared-"))
                        .count();
        System.out.printf(
                "Foreign edits: %d, conflicts among them %d, our writes to the same nodes: %d (seed %d)%n",
                NODES * EDITS_EACH,
                writers.stream().mapToInt(writer -> writer.conflicts.get()).sum(),
                ours,
                SEED);
        assertThat(ours).as("freezes and thaws went on meanwhile").isGreaterThanOrEqualTo(2 * NODES);
    }

    /** Replaces whole nodes, as controllers do that do not know of us, and looks before each edit whether its last one stands. */
    private static final class OtherWriter {
        private static final String PREFIX = "example.org/";

        private final KubernetesClient client;
        private final String node;
        private final CountDownLatch done;
        private final Random random;
        private final List<String> losses = new CopyOnWriteArrayList<>();
        private volatile String written = foreign(List.of(), Map.of());
        private final AtomicInteger conflicts = new AtomicInteger();
        private int edits;

        OtherWriter(KubernetesClient client, String node, CountDownLatch done) {
            this.client = client;
            this.node = node;
            this.done = done;
            this.random = new Random(SEED + node.hashCode());
        }

        void edit() {
            if (edits == EDITS_EACH) {
                return;
            }
            var live = client.nodes().withName(node).require();
            if (!foreign(live).equals(written)) {
                losses.add("wrote " + written + " and found " + foreign(live));
            }
            var taints = new ArrayList<>(live.getSpec().getTaints().stream()
                    .filter(taint -> !taint.getKey().startsWith(PREFIX))
                    .toList());
            for (int i = random.nextInt(4); i > 0; i--) {
                taints.add(
                        random.nextInt(taints.size() + 1),
                        new Taint(
                                random.nextBoolean() ? "PreferNoSchedule" : "NoSchedule",
                                PREFIX + "t" + i,
                                null,
                                random.nextBoolean() ? "v" + random.nextInt(1000) : null));
            }
            var labels = new HashMap<>(live.getMetadata().getLabels());
            labels.put(PREFIX + "edit", Integer.toString(edits));
            live.getSpec().setTaints(taints);
            live.getMetadata().setLabels(labels);
            var next = foreign(live);
            try {
                client.raw("/api/v1/nodes/" + node + "?fieldManager=another-writer", "PUT", live);
                written = next;
                edits++;
                done.countDown();
            } catch (KubernetesClientException e) {
                if (e.getCode() != HTTP_CONFLICT) {
                    losses.add("could not write: " + e.getMessage());
                }
                conflicts.incrementAndGet();
            }
        }

        static String foreign(Node node) {
            return foreign(node.getSpec().getTaints(), node.getMetadata().getLabels());
        }

        private static String foreign(List<Taint> taints, Map<String, String> labels) {
            return Serialization.asJson(taints.stream()
                            .filter(taint -> taint.getKey().startsWith(PREFIX))
                            .toList())
                    + labels.getOrDefault(PREFIX + "edit", "none");
        }
    }
}
