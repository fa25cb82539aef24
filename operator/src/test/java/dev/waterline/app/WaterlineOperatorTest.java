package dev.waterline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waterline.admission.PodFacts;
import dev.waterline.admission.PodLookup;
import dev.waterline.admission.PodTrait;
import dev.waterline.fixture.FakeApiServer;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WaterlineOperatorTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String LEASE =
            "/apis/coordination.k8s.io/v1/namespaces/waterline-system/leases/waterline-operator";

    @TempDir
    private Path folder;

    private final FakeApiServer server = new FakeApiServer();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<ExitCode> halts = new CopyOnWriteArrayList<>();
    private final AtomicBoolean synced = new AtomicBoolean(true);
    private final List<WaterlineOperator> operators = new ArrayList<>();

    @AfterEach
    void stop() {
        operators.forEach(WaterlineOperator::stop);
        server.close();
    }

    @Test
    void itServesThenLeadsThenStartsItsControllersAndStopsInReverse() throws Exception {
        WaterlineOperator operator = operator();

        operator.start();

        await().atMost(SOON).until(() -> told.contains("start controllers"));
        assertThat(told).containsExactly("start caches", "start controllers");
        assertThat(get(operator, "/readyz").statusCode()).isEqualTo(200);
        assertThat(get(operator, "/healthz").body()).isEqualTo("alive\n");
        assertThat(get(operator, "/metrics").body()).contains("waterline_leader 1.0", "jvm_info");

        operator.stop();

        assertThat(told).containsExactly("start caches", "start controllers", "stop controllers", "stop caches");
        assertThat(lease().path("spec").path("leaseDurationSeconds").asInt()).isEqualTo(1);
        assertThat(halts).isEmpty();
    }

    @Test
    void aReplicaThatDoesNotLeadIsReadyButWritesNothing() throws Exception {
        WaterlineOperator leader = operator();
        leader.start();
        await().atMost(SOON).until(() -> told.contains("start controllers"));
        told.clear();

        WaterlineOperator follower = operator();
        follower.start();

        await().atMost(SOON).until(follower::ready);
        assertThat(told).containsExactly("start caches");
        assertThat(get(follower, "/metrics").body()).contains("waterline_leader 0.0");
    }

    @Test
    void itIsNotReadyBeforeItsCachesAreFilled() throws Exception {
        synced.set(false);
        WaterlineOperator operator = operator();

        operator.start();

        assertThat(get(operator, "/readyz").statusCode()).isEqualTo(503);
        assertThat(get(operator, "/readyz").body()).contains("[-] cache of pods", "[+] webhooks served", "not ready");
        synced.set(true);
        assertThat(get(operator, "/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void aLeaderWhoseLeaseIsTakenHalts() throws Exception {
        WaterlineOperator operator = operator();
        operator.start();
        await().atMost(SOON).until(() -> told.contains("start controllers"));

        ObjectNode stolen = lease();
        stolen.withObject("/spec").put("holderIdentity", "thief");
        server.put(LEASE, stolen.toString());

        await().atMost(SOON).until(() -> halts.contains(ExitCode.LEASE_LOST));
    }

    @Test
    void withoutAnElectionControllersStartAtOnceAndNoLeaseIsTouched() throws Exception {
        WaterlineOperator operator = operator("--leader-elect=false");

        operator.start();

        await().atMost(SOON).until(() -> told.contains("start controllers"));
        assertThat(server.object(LEASE)).isEmpty();
    }

    @Test
    void theMainClientIsFencedFromTheFirstMomentOn() {
        List<KubernetesClient> clients = new ArrayList<>();
        operators.add(new WaterlineOperator(
                configuration(),
                InstantSource.system(),
                System::nanoTime,
                "host",
                foundation -> {
                    clients.add(foundation.clients().main());
                    return assembly();
                },
                halts::add));

        assertThatThrownBy(() -> clients.getFirst()
                        .configMaps()
                        .resource(new ConfigMapBuilder()
                                .withNewMetadata()
                                .withNamespace("ns")
                                .withName("x")
                                .endMetadata()
                                .build())
                        .create())
                .hasMessageContaining("does not surely hold the lease");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aClusterThatIsTakenIsRefusedWithItsOwnExitCode() {
        server.put("/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/waterline-bind-guard", """
                {"apiVersion":"admissionregistration.k8s.io/v1","kind":"ValidatingWebhookConfiguration","metadata":
                 {"name":"waterline-bind-guard","annotations":{"waterline.dev/installation":"other/waterline-operator"}}}""");
        server.put("/apis/coordination.k8s.io/v1/namespaces/other/leases/waterline-operator", """
                {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"waterline-operator"},
                 "spec":{"holderIdentity":"x"}}""");
        WaterlineOperator operator = operator();

        assertThatThrownBy(operator::start)
                .isInstanceOfSatisfying(
                        StartException.class,
                        problem -> assertThat(problem.exitCode()).isEqualTo(ExitCode.ANOTHER_INSTALLATION))
                .hasMessageContaining("namespace 'other'");
    }

    @Test
    void anApiServerThatForbidsOrDoesNotAnswerIsNamed() {
        server.intercept(403, request -> false);
        assertThatThrownBy(operator()::start).hasMessageContainingAll(server.url(), "RBAC");

        WaterlineOperator operator = operator();
        server.close();
        assertThatThrownBy(operator::start).hasMessageContainingAll(server.url(), "cannot be reached", "--kubeconfig");
    }

    private WaterlineOperator operator(String... more) {
        WaterlineOperator operator = new WaterlineOperator(
                configuration(more),
                InstantSource.system(),
                System::nanoTime,
                "host",
                foundation -> assembly(),
                halts::add);
        operators.add(operator);
        return operator;
    }

    private Configuration configuration(String... more) {
        try {
            Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: c, cluster: {server: "%s"}}]
                    contexts: [{name: c, context: {cluster: c, user: u}}]
                    users: [{name: u, user: {token: t}}]
                    current-context: c
                    """.formatted(server.url()));
            CommandLine commandLine = Main.commandLine(Map.of());
            List<String> arguments = new ArrayList<>(List.of(
                    "--kubeconfig=" + kubeconfig,
                    "--http-port=0",
                    "--webhook-port=0",
                    "--bind-address=127.0.0.1",
                    "--retry-period=100ms"));
            arguments.addAll(List.of(more));
            commandLine.parseArgs(arguments.toArray(String[]::new));
            Options options = commandLine.getCommand();
            return new ConfigurationReader(options, new OwnNamespace(Map.of(), Path.of("none"))).read();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Assembly assembly() {
        return new Assembly(
                new NoPods(),
                _ -> Optional.empty(),
                List.of(new Telling("caches")),
                Map.of("pods", synced::get),
                List.of(new Telling("controllers")));
    }

    private ObjectNode lease() {
        return server.object(LEASE).orElseThrow();
    }

    private static HttpResponse<String> get(WaterlineOperator operator, String path)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operator.httpPort() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static final class NoPods implements PodLookup {
        @Override
        public Optional<PodFacts> cached(String namespace, String name, String uid) {
            return Optional.empty();
        }

        @Override
        public Optional<PodFacts> live(String namespace, String name, Duration within) {
            return Optional.empty();
        }

        @Override
        public Set<PodTrait.PinnedToNode> pinned(String namespace, Collection<String> claims, Duration within) {
            return Set.of();
        }
    }

    private final class Telling implements Part {
        private final String name;

        Telling(String name) {
            this.name = name;
        }

        @Override
        public void start() {
            told.add("start " + name);
        }

        @Override
        public void stop() {
            told.add("stop " + name);
        }
    }
}
