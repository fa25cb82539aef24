package dev.waterline.testbed;

import dev.waterline.testbed.pki.CertificateAuthority;
import dev.waterline.testbed.process.TestbedException;
import dev.waterline.testbed.scenario.ScenarioExporter;
import dev.waterline.testbed.tools.Tool;
import dev.waterline.testbed.tools.Toolbox;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Starts a testbed: etcd, then the API servers, then what works with them; Prometheus beside all that. */
final class TestbedStart {
    private final TestbedOptions options;
    private final Toolbox toolbox;
    private final Consumer<String> progress;
    private final RunningComponents running = new RunningComponents();

    TestbedStart(TestbedOptions options, Toolbox toolbox, Consumer<String> progress) {
        this.options = options;
        this.toolbox = toolbox;
        this.progress = progress;
    }

    Testbed run() {
        var tools = toolbox.provide(tools());
        var stages = options.has(Part.KWOK) ? toolbox.kwokStages() : List.<Path>of();
        long began = System.nanoTime();
        var workspace = Workspace.create();
        ScenarioExporter exporter = null;
        boolean started = false;
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var authority = CertificateAuthority.in(workspace.folder("pki"), Clock.systemUTC());
            var run = new RunContext(
                    options,
                    workspace,
                    authority,
                    RunContext.newIdentities(options.users()),
                    tools,
                    new Probe(authority.context()));
            exporter = options.has(Part.PROMETHEUS) ? ScenarioExporter.start() : null;
            var components = start(run, exporter, stages, executor);
            started = true;
            var testbed = new Testbed(run, components, exporter, running, toolbox);
            progress.accept("Testbed up in %s (%s), folder %s"
                    .formatted(seconds(Duration.ofNanos(System.nanoTime() - began)), times(testbed), workspace.root()));
            return testbed;
        } catch (TestbedException e) {
            throw new TestbedException(
                    "The testbed did not start. " + e.getMessage() + "\nAll its logs: " + workspace.logs(), e);
        } finally {
            if (!started) {
                var failures = new ArrayList<RuntimeException>();
                running.killAll(failures);
                if (exporter != null) {
                    exporter.close();
                }
                workspace.close(true);
                failures.forEach(failure -> progress.accept("While cleaning up: " + failure.getMessage()));
            }
        }
    }

    private Components start(
            RunContext run, @Nullable ScenarioExporter exporter, List<Path> stages, ExecutorService executor) {
        CompletableFuture<@Nullable PrometheusServer> prometheus = exporter == null
                ? CompletableFuture.completedFuture(null)
                : async(executor, () -> PrometheusServer.onFreshPort(run, exporter.port()))
                        .thenApply(server -> server);
        var etcd = running.start(() -> EtcdServer.onFreshPorts(run));
        var files = ClusterFiles.write(run);
        List<ApiServer> apiServers = join(IntStream.range(0, options.apiServers())
                .mapToObj(index -> async(executor, () -> ApiServer.onFreshPort(run, files, etcd, index)))
                .toList());
        var controllerManager = part(
                executor,
                Part.CONTROLLER_MANAGER,
                () -> ControlLoops.controllerManager(run, apiServers.getFirst(), files));
        var scheduler = part(executor, Part.SCHEDULER, () -> ControlLoops.scheduler(run, apiServers.getFirst()));
        var kwok = part(executor, Part.KWOK, () -> Kwok.onFreshPort(run, apiServers.getFirst(), stages));
        return new Components(etcd, apiServers, join(controllerManager), join(scheduler), join(kwok), join(prometheus));
    }

    /** What runs; null for the parts left out. */
    record Components(
            EtcdServer etcd,
            List<ApiServer> apiServers,
            @Nullable Component controllerManager,
            @Nullable Component scheduler,
            @Nullable Component kwok,
            @Nullable PrometheusServer prometheus) {}

    private Set<Tool> tools() {
        var tools = EnumSet.of(Tool.ETCD);
        if (options.apiServers() > 0) {
            tools.add(options.apiServer());
        }
        for (var part : options.parts()) {
            tools.add(
                    switch (part) {
                        case CONTROLLER_MANAGER -> Tool.KUBE_CONTROLLER_MANAGER;
                        case SCHEDULER -> Tool.KUBE_SCHEDULER;
                        case KWOK -> Tool.KWOK;
                        case PROMETHEUS -> Tool.PROMETHEUS;
                    });
        }
        return tools;
    }

    private CompletableFuture<@Nullable Component> part(
            ExecutorService executor, Part part, Supplier<Component> fresh) {
        return options.has(part)
                ? async(executor, fresh).thenApply(component -> component)
                : CompletableFuture.completedFuture(null);
    }

    private <C extends Component> CompletableFuture<C> async(ExecutorService executor, Supplier<C> fresh) {
        return CompletableFuture.supplyAsync(() -> running.start(fresh), executor);
    }

    private static <T> List<T> join(List<CompletableFuture<T>> futures) {
        return futures.stream().map(TestbedStart::join).toList();
    }

    private static <T extends @Nullable Object> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static String times(Testbed testbed) {
        var times = new ArrayList<String>();
        testbed.components().forEach(component -> times.add(component.name() + " " + seconds(component.startUp())));
        return String.join(", ", times);
    }

    private static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0);
    }
}
