package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.admission.NodePressureAdmissionController;
import dev.waterline.admission.PodFacts;
import dev.waterline.admission.PodLookup;
import dev.waterline.admission.PodTrait;
import dev.waterline.admission.WebServer;
import dev.waterline.admission.WebhookEndpoint;
import dev.waterline.admission.certificates.WebhookCertificates;
import dev.waterline.cluster.WebhookBindGuard;
import dev.waterline.telemetry.GuardMeters;
import dev.waterline.testbed.OperatorInstallation;
import dev.waterline.testbed.Part;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.junit.Alone;
import dev.waterline.testbed.junit.WithTestbed;
import dev.waterline.testbed.process.FreePorts;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The guard's configuration for more nodes than this machine could play: the real code writes it to a real API server, which
 * asks the real handler. A node is a name in a list here; nothing in guard or API server asks whether it exists.
 */
@Alone
@WithTestbed(
        group = "guard-scale",
        without = {Part.SCHEDULER, Part.KWOK, Part.PROMETHEUS})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardScaleIT {
    private static final String NAMESPACE = OperatorInstallation.NAMESPACE;
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(10);
    private static final int NODES = 5_000;
    private static final int REWRITES = 10;
    private static final int HEALTHY_REQUESTS = 500;
    private static final List<Integer> FLOORS = List.of(1_000, 10_000, 100_000, 1_000_000_001);

    /** The parts of an operator that are looked at here, in this process. */
    private record Served(WebServer server, WebhookBindGuard guard) {}

    private Optional<Served> served = Optional.empty();

    @BeforeAll
    void serve(Testbed testbed) throws IOException {
        var client = testbed.client();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        var url = URI.create("https://127.0.0.1:" + FreePorts.next());
        var certificates =
                new WebhookCertificates(client, NAMESPACE, new WebhookEndpoint.Url(url), InstantSource.system());
        certificates.refresh();
        var controller = new NodePressureAdmissionController(
                NAMESPACE,
                new Nobodies(),
                _ -> Optional.empty(),
                new GuardMeters(new SimpleMeterRegistry()),
                System::nanoTime);
        var server = WebServer.tls(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), url.getPort()),
                List.of(controller.route()),
                certificates.identity());
        server.start();
        served = Optional.of(new Served(
                server,
                new WebhookBindGuard(
                        client,
                        List.of(client),
                        NAMESPACE,
                        Map.of(),
                        floor -> new WebhookClientConfigBuilder()
                                .withUrl(url + NodePressureAdmissionController.path(floor))
                                .withCaBundle(certificates.caBundle())
                                .build(),
                        System::nanoTime)));
    }

    @AfterAll
    void stop() throws IOException {
        served.orElseThrow().server().close();
    }

    private WebhookBindGuard guard() {
        return served.orElseThrow().guard();
    }

    @Test
    void fiveThousandNodesFrozenAtOnceAreGuardedByOneWrite(Testbed testbed) {
        var client = testbed.client();
        var guard = guard();
        var nodes = nodes(45, NODES);
        long begin = System.nanoTime();
        long generation = guard.write(nodes);
        long written = System.nanoTime();
        assertThat(guard.awaitAcknowledgement(generation, ACKNOWLEDGED_WITHIN)).isTrue();
        long acknowledged = System.nanoTime();
        System.out.printf(
                "Guard of %d nodes, names of 45: %d entries, %d bytes, written in %d ms, acknowledged %d ms later%n",
                NODES, entries(client), bytes(client), millis(begin, written), millis(written, acknowledged));

        for (var names : nodes.values()) {
            names.stream().filter(name -> name.hashCode() % 20 == 0).forEach(name -> {
                assertThat(bind(client, name)).as(name).contains("denied the request");
                assertThat(create(client, name)).as(name).contains("denied the request");
            });
            assertThat(bind(client, names.first())).contains("denied the request");
            assertThat(bind(client, names.last())).contains("denied the request");
        }
        assertThat(bind(client, "healthy")).contains("not found");
        assertThat(create(client, "healthy")).isEmpty();
        assertThat(guard.read().nodesByFloor()).isEqualTo(nodes);
        assertThat(guard.read().current()).isTrue();
        assertThat(guard.write(nodes))
                .as("what is so already is not written again")
                .isEqualTo(generation);
        costOnHealthyNodes(
                "binds", client, i -> assertThat(bind(client, "healthy-" + i)).contains("not found"));
        costOnHealthyNodes(
                "creations without a node",
                client,
                _ -> assertThat(create(client, "")).isEmpty());
    }

    @Test
    void oneMoreNodeAmongFiveThousandCostsAWriteOfAll(Testbed testbed) {
        var guard = guard();
        var nodes = nodes(45, NODES);
        var total = new ArrayList<Long>();
        for (int i = 0; i < REWRITES; i++) {
            nodes.computeIfAbsent(FLOORS.getFirst(), _ -> new TreeSet<>()).add("one-more-" + i);
            long begin = System.nanoTime();
            long generation = guard.write(nodes);
            assertThat(guard.awaitAcknowledgement(generation, ACKNOWLEDGED_WITHIN))
                    .isTrue();
            total.add(millis(begin, System.nanoTime()));
        }
        total.sort(null);
        System.out.printf(
                "Guard of %d nodes, one more: written and acknowledged in p50 %d ms, max %d ms (n=%d)%n",
                NODES, total.get(REWRITES / 2), total.getLast(), REWRITES);
    }

    @Test
    void fiveThousandNodesWithNamesOfTheGreatestLengthFit(Testbed testbed) {
        var guard = guard();
        long begin = System.nanoTime();
        long generation = guard.write(nodes(253, NODES));
        assertThat(guard.awaitAcknowledgement(generation, ACKNOWLEDGED_WITHIN)).isTrue();
        System.out.printf(
                "Guard of %d nodes, names of 253: %d entries, %d bytes, written and acknowledged in %d ms%n",
                NODES, entries(testbed.client()), bytes(testbed.client()), millis(begin, System.nanoTime()));
    }

    private static void costOnHealthyNodes(String what, KubernetesClient client, IntConsumer request) {
        var before = ApiServerMetrics.of(client);
        AtOnce.run(HEALTHY_REQUESTS, request);
        var after = ApiServerMetrics.of(client);
        assertThat(after.guardCalls()).as("calls of the guard").isEqualTo(before.guardCalls());
        System.out.printf(
                "What the guard of %d nodes costs %s elsewhere: %.3f ms of CEL each, no call%n",
                NODES,
                what,
                1_000 * (after.guardConditionSeconds() - before.guardConditionSeconds()) / HEALTHY_REQUESTS);
    }

    private static Map<Integer, NavigableSet<String>> nodes(int length, int count) {
        var nodes = new TreeMap<Integer, NavigableSet<String>>();
        IntStream.range(0, count)
                .forEach(i -> nodes.computeIfAbsent(FLOORS.get(i % FLOORS.size()), _ -> new TreeSet<>())
                        .add("n".repeat(length - 5) + "%05d".formatted(i)));
        return nodes;
    }

    /** What the API server said to a dry-run Binding of a pod that does not exist. */
    private static String bind(KubernetesClient client, String node) {
        return said(() ->
                client.raw("/api/v1/namespaces/default/pods/nobody/binding?dryRun=All", "POST", """
                {"apiVersion":"v1","kind":"Binding","metadata":{"name":"nobody"},"target":{"kind":"Node","name":"%s"}}""".formatted(node)));
    }

    /** Empty if it took the pod, in a dry run. */
    private static String create(KubernetesClient client, String node) {
        var pod = TestPods.pod("nobody", TestPods.LOW)
                .editSpec()
                .withPriorityClassName(null)
                .withNodeName(node.isEmpty() ? null : node)
                .endSpec()
                .build();
        return said(() -> client.resource(pod).dryRun(true).create());
    }

    private static String said(Runnable request) {
        try {
            request.run();
            return "";
        } catch (KubernetesClientException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static int entries(KubernetesClient client) {
        return client.admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName("waterline-bind-guard")
                .require()
                .getWebhooks()
                .size();
    }

    private static int bytes(KubernetesClient client) {
        return client.raw("/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/waterline-bind-guard")
                .length();
    }

    private static long millis(long from, long to) {
        return Duration.ofNanos(to - from).toMillis();
    }

    /** Whoever is asked for exists and has no priority. */
    private static final class Nobodies implements PodLookup {
        @Override
        public Optional<PodFacts> cached(String namespace, String name, String uid) {
            return Optional.empty();
        }

        @Override
        public Optional<PodFacts> live(String namespace, String name, Duration within) {
            return Optional.of(new PodFacts("uid", 0, Set.of()));
        }

        @Override
        public Set<PodTrait.PinnedToNode> pinned(String namespace, Collection<String> claims, Duration within) {
            return Set.of();
        }
    }
}
