package dev.waterline.app;

import dev.waterline.admission.GuardWarmUp;
import dev.waterline.admission.NodePressureAdmissionController;
import dev.waterline.admission.TolerationAdmissionController;
import dev.waterline.admission.WebServer;
import dev.waterline.admission.certificates.WebhookCertificates;
import dev.waterline.cluster.TaintKeyInUseException;
import dev.waterline.cluster.TaintKeyRecord;
import dev.waterline.leadership.AnotherInstallationException;
import dev.waterline.leadership.Fence;
import dev.waterline.leadership.Installation;
import dev.waterline.leadership.Leadership;
import dev.waterline.telemetry.DecisionJson;
import dev.waterline.telemetry.DecisionLog;
import dev.waterline.telemetry.GuardMeters;
import dev.waterline.telemetry.Health;
import dev.waterline.telemetry.Metrics;
import dev.waterline.telemetry.ProcessMeters;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running process. It starts in this order: clients, the installation's claim, certificates, servers, caches, a warm-up of
 * the guard, leadership, controllers; and stops in reverse: not ready, controllers drained, lease released, servers closed.
 */
public final class WaterlineOperator {
    private static final Logger log = LoggerFactory.getLogger(WaterlineOperator.class);
    private static final Duration RELEASE = Duration.ofSeconds(5);
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    private final Configuration configuration;
    private final Fence fence;
    private final KubernetesClients clients;
    private final Metrics metrics = new Metrics();
    private final Health health = new Health();
    private final DecisionLog decisions = new DecisionLog();
    private final Installation installation;
    private final WebhookCertificates certificates;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("certificates").daemon().factory());
    private final Assembly assembly;
    private final Parts caches;
    private final Parts controllers;
    private final LongSupplier nanoTime;
    private final Consumer<ExitCode> halt;
    private final Leadership leadership;
    private final WebServer http;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final InstantSource clock;
    private volatile @Nullable WebServer webhooks;
    private volatile boolean warm;

    /**
     * Builds everything and starts nothing.
     *
     * @param wiring makes what is beyond the bare process
     * @param halt ends the process at once, without any hook
     */
    public WaterlineOperator(
            Configuration configuration,
            InstantSource clock,
            LongSupplier nanoTime,
            String hostName,
            Function<Foundation, Assembly> wiring,
            Consumer<ExitCode> halt) {
        this.configuration = configuration;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.halt = halt;
        LeaderElection election = configuration.leaderElection();
        fence = election.enabled() ? Fence.closed(nanoTime, election.renewDeadline()) : Fence.open();
        clients = new KubernetesClients(configuration.kubeconfig(), election.renewDeadline(), fence);
        installation = new Installation(clients.bookkeeping(), configuration.namespace(), clock);
        certificates = new WebhookCertificates(
                clients.bookkeeping(), configuration.namespace(), configuration.webhookEndpoint(), clock);
        assembly = wiring.apply(new Foundation(
                configuration, clients, metrics.registry(), decisions, certificates, installation, clock, nanoTime));
        caches = new Parts(assembly.caches());
        controllers = new Parts(assembly.controllers());
        leadership = new Leadership(
                clients.bookkeeping(),
                configuration.namespace(),
                hostName,
                new Leadership.Timings(election.leaseDuration(), election.renewDeadline(), election.retryPeriod()),
                fence,
                clock,
                this::lead,
                () -> halt.accept(ExitCode.LEASE_LOST));
        http = WebServer.plain(
                new InetSocketAddress(configuration.bindAddress(), configuration.httpPort()),
                Endpoints.of(metrics, health, new DecisionEndpoints(decisions, this::replica)));
        readiness();
    }

    /**
     * Starts, and returns when requests are served; caches fill and leadership comes later.
     *
     * @throws StartException if something that it needs is missing
     */
    void start() throws StartException {
        try {
            http.start();
            log.info("Serving /metrics, /healthz, /readyz and /api/v1/decisions on port {}", http.port());
            installation.claim();
            new TaintKeyRecord(clients.bookkeeping()).require(configuration.taintKey());
            certificates.refresh();
            WebServer serving = webhookServer();
            serving.start();
            webhooks = serving;
            log.info("Serving webhooks on port {}", serving.port());
            certificates.onNewIdentity(serving::reload);
            certificates.refreshOn(scheduler);
            caches.start();
            warmUp(serving);
        } catch (AnotherInstallationException e) {
            throw new StartException(ExitCode.ANOTHER_INSTALLATION, String.valueOf(e.getMessage()), e);
        } catch (TaintKeyInUseException e) {
            throw new StartException(ExitCode.CANNOT_START, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.CANNOT_START, e.getMessage() + "; is another process using it? See --help for ports.", e);
        } catch (KubernetesClientException e) {
            throw new StartException(ExitCode.CANNOT_START, ApiServerProblem.sentence(clients.address(), e), e);
        }
        if (configuration.leaderElection().enabled()) {
            leadership.start();
        } else {
            Thread.ofVirtual().name("leading").start(this::lead);
        }
    }

    /** Stops gracefully, within the shutdown deadline as far as it lies with us. Later calls do nothing. */
    public void stop() {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        log.info("Stopping");
        controllers.stop();
        leadership.release(RELEASE);
        scheduler.shutdownNow();
        close(webhooks);
        caches.stop();
        close(http);
        clients.close();
        metrics.close();
        log.info("Stopped");
    }

    /** Whether every readiness check passes. */
    public boolean ready() {
        return health.readiness().passed();
    }

    /** The port of metrics and health. */
    public int httpPort() {
        return http.port();
    }

    /** The port of the webhooks. */
    public int webhookPort() {
        WebServer serving = webhooks;
        if (serving == null) {
            throw new IllegalStateException("The webhooks are not served yet");
        }
        return serving.port();
    }

    private DecisionJson.Replica replica() {
        return new DecisionJson.Replica(leadership.identity(), fence.holds(), leadership.leader());
    }

    private void lead() {
        try {
            controllers.start();
        } catch (RuntimeException e) {
            // A leader without controllers would keep the lease from replicas that might do better.
            if (!stopping.get()) {
                log.error("The controllers cannot be started; are the CRDs of crds/ and the RBAC installed?", e);
                halt.accept(ExitCode.CANNOT_START);
            }
        }
    }

    private WebServer webhookServer() {
        GuardMeters meters = new GuardMeters(metrics.registry());
        NodePressureAdmissionController guard = new NodePressureAdmissionController(
                configuration.namespace(), assembly.pods(), assembly.reasons(), meters, nanoTime);
        ProcessMeters process = new ProcessMeters(metrics.registry());
        process.leading(fence::holds);
        process.certificateExpiry("serving", certificates::servingExpiry, clock);
        process.certificateExpiry("ca", certificates::authorityExpiry, clock);
        return WebServer.tls(
                new InetSocketAddress(configuration.bindAddress(), configuration.webhookPort()),
                List.of(guard.route(), new TolerationAdmissionController(configuration.taintKey()).route()),
                certificates.identity());
    }

    /** Before anybody can be told to ask the guard: before this replica is ready, and before it may lead. */
    private void warmUp(WebServer serving) {
        try {
            var address = new InetSocketAddress(configuration.bindAddress(), serving.port());
            var report = new GuardWarmUp(address, certificates.identity(), nanoTime).run(WARM_UP);
            log.info(
                    "The guard was warmed up by {} reviews; the slowest of the last round took {} ms",
                    report.reviews(),
                    report.slowest().toMillis());
        } catch (IOException e) {
            // A guard that is slow at first is better than none.
            log.warn("The guard could not be warmed up, and may let pods pass at first: {}", e.getMessage(), e);
        }
        warm = true;
    }

    private void readiness() {
        health.readyWhen("not stopping", () -> !stopping.get());
        health.readyWhen("webhooks served", () -> {
            WebServer serving = webhooks;
            return serving != null && serving.serving();
        });
        health.readyWhen("guard warmed up", () -> warm);
        assembly.synced().forEach((name, synced) -> health.readyWhen("cache of " + name, synced));
    }

    private static void close(@Nullable WebServer server) {
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            log.warn("{}", e.getMessage(), e);
        }
    }
}
