package dev.waterline.testbed;

import dev.waterline.testbed.audit.AuditLog;
import dev.waterline.testbed.metricsapi.MetricsServer;
import dev.waterline.testbed.process.Deadline;
import dev.waterline.testbed.process.TestbedException;
import dev.waterline.testbed.scenario.ScenarioExporter;
import dev.waterline.testbed.tools.Tool;
import dev.waterline.testbed.tools.Toolbox;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A control plane of its own: etcd, API servers, controller manager, scheduler, kwok and Prometheus as child processes on
 * loopback ports. Thread-safe. Whatever happens to this JVM, the processes end with it.
 */
public final class Testbed implements AutoCloseable {
    private static final Duration ACCOUNT_WITHIN = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(50);

    private final RunContext run;
    private final TestbedStart.Components components;
    private final @Nullable ScenarioExporter exporter;
    private final RunningComponents running;
    private final Toolbox toolbox;
    private final Map<String, KubernetesClient> clients = new ConcurrentHashMap<>();
    private final List<OperatorProcess> operators = new CopyOnWriteArrayList<>();
    private @Nullable MetricsServer metricsServer;
    private final Thread hook = new Thread(this::close, "testbed-teardown");
    private volatile boolean keep;
    private boolean closed;

    Testbed(
            RunContext run,
            TestbedStart.Components components,
            @Nullable ScenarioExporter exporter,
            RunningComponents running,
            Toolbox toolbox) {
        this.run = run;
        this.components = components;
        this.exporter = exporter;
        this.running = running;
        this.toolbox = toolbox;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** As {@link #start(TestbedOptions, Consumer)}, telling its progress on standard output. */
    public static Testbed start(TestbedOptions options) {
        return start(options, System.out::println);
    }

    /**
     * Builds the tools if need be, starts all and waits until all is ready: about four seconds.
     *
     * @param progress told a line now and then
     * @throws TestbedException if something is missing or fails; nothing then is left running, and the message says where
     *     the logs are
     */
    public static Testbed start(TestbedOptions options, Consumer<String> progress) {
        return new TestbedStart(options, Toolbox.standard(progress), progress).run();
    }

    public TestbedOptions options() {
        return run.options();
    }

    /** A client of the user {@code admin} at the first API server. Shared: do not close it. */
    public KubernetesClient client() {
        return client(User.ADMIN);
    }

    /** A client of a user at the first API server. Shared: do not close it. */
    public KubernetesClient client(String user) {
        return client(user, 0);
    }

    /** A client of a user at one of the API servers. Shared: do not close it. */
    public KubernetesClient client(String user, int apiServer) {
        var server = apiServer(apiServer);
        return clients.computeIfAbsent(
                user + "@" + server.name(),
                key -> new KubernetesClientBuilder()
                        .withConfig(config(run.identity(user), server))
                        .build());
    }

    public Identity identity(String user) {
        return run.identity(user);
    }

    /** A kubeconfig file of a user for the first API server. */
    public Path kubeconfig(String user) {
        return kubeconfig(user, 0);
    }

    public Path kubeconfig(String user, int apiServer) {
        return run.kubeconfig(user, apiServer(apiServer));
    }

    public EtcdServer etcd() {
        return components.etcd();
    }

    public List<ApiServer> apiServers() {
        return components.apiServers();
    }

    public Component controllerManager() {
        return present(components.controllerManager(), Part.CONTROLLER_MANAGER);
    }

    public Component scheduler() {
        return present(components.scheduler(), Part.SCHEDULER);
    }

    public Component kwok() {
        return present(components.kwok(), Part.KWOK);
    }

    public PrometheusServer prometheus() {
        return present(components.prometheus(), Part.PROMETHEUS);
    }

    /** What Prometheus scrapes. */
    public ScenarioExporter exporter() {
        return present(exporter, Part.PROMETHEUS);
    }

    /** Everything that was started, in that order, without the operators. */
    public List<Component> components() {
        return Stream.of(
                        Stream.of(components.etcd()),
                        components.apiServers().stream(),
                        Stream.of(
                                        components.controllerManager(),
                                        components.scheduler(),
                                        components.kwok(),
                                        components.prometheus())
                                .filter(Objects::nonNull))
                .<Component>flatMap(stream -> stream)
                .toList();
    }

    /** The API {@code metrics.k8s.io}, registered when it is first asked for. */
    public synchronized MetricsApi metricsApi() {
        if (metricsServer == null) {
            metricsServer = MetricsServer.start(run.authority().context(), Clock.systemUTC());
        }
        var api = new MetricsApi(client(), metricsServer);
        api.register();
        return api;
    }

    public FakeNodes nodes() {
        return new FakeNodes(client());
    }

    /** Makes a namespace and waits for its service account, without which no pod is admitted. */
    public void createNamespace(String name) {
        client().namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        if (run.options().has(Part.CONTROLLER_MANAGER)
                && !Deadline.after(ACCOUNT_WITHIN)
                        .await(
                                POLL,
                                () -> client().serviceAccounts()
                                                .inNamespace(name)
                                                .withName("default")
                                                .get()
                                        != null)) {
            throw new TestbedException(
                    "Namespace " + name + " got no default service account within " + ACCOUNT_WITHIN.toSeconds()
                            + " s; see " + controllerManager().log());
        }
    }

    /** The audit logs of all API servers. */
    public AuditLog audit() {
        if (!run.options().audit()) {
            throw new IllegalStateException("This testbed was started without audit logs");
        }
        return new AuditLog(
                components.apiServers().stream().map(ApiServer::auditLog).toList());
    }

    /** Starts the operator, which this testbed will end when it is closed. */
    public OperatorProcess startOperator(OperatorLaunch launch) {
        var operator = OperatorProcess.start(launch, run.workspace().logs());
        operators.add(operator);
        return operator;
    }

    /** One more binary, such as kubectl or Helm; builds it if need be. */
    public Path tool(Tool tool) {
        return toolbox.provide(tool);
    }

    public Path directory() {
        return run.workspace().root();
    }

    public Path logs() {
        return run.workspace().logs();
    }

    /** Makes {@link #close()} leave the folder with the logs. */
    public void keepLogs() {
        keep = true;
    }

    /** Ends everything, operators first and etcd last, and deletes the folder unless it is to be kept. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        var failures = new ArrayList<RuntimeException>();
        for (var operator : operators) {
            attempt(failures, operator::close);
        }
        clients.values().forEach(client -> attempt(failures, client::close));
        running.killAll(failures);
        if (exporter != null) {
            attempt(failures, exporter::close);
        }
        if (metricsServer != null) {
            attempt(failures, metricsServer::close);
        }
        attempt(failures, run.probe()::close);
        attempt(failures, () -> run.workspace().close(keep));
        forgetHook();
        if (!failures.isEmpty()) {
            var failure = new TestbedException("The testbed in " + directory() + " was not torn down cleanly.");
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
    }

    /** Last of all: a JVM that is told to end meanwhile must wait for the rest, which the hook makes it do. */
    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down already; the hook finds everything closed.
            return;
        }
    }

    private static void attempt(List<RuntimeException> failures, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }

    private ApiServer apiServer(int index) {
        return components.apiServers().get(index);
    }

    private Config config(Identity identity, ApiServer server) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(server.uri().toString())
                .withCaCertData(
                        Base64.getEncoder().encodeToString(run.authority().pem().getBytes(StandardCharsets.UTF_8)))
                .withOauthToken(identity.token())
                .withNamespace(identity.user().namespace())
                .withMaxConcurrentRequests(256)
                .withMaxConcurrentRequestsPerHost(256)
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    private static <T> T present(@Nullable T part, Part name) {
        if (part == null) {
            throw new IllegalStateException("This testbed was started without " + name);
        }
        return part;
    }
}
