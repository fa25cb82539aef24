package dev.waterline.app;

import dev.waterline.cluster.MetricsApi;
import dev.waterline.cluster.NodeUsage;
import dev.waterline.prometheus.PrometheusClient;
import dev.waterline.reconciler.SignalReader;
import dev.waterline.reconciler.SloReader;
import dev.waterline.telemetry.QueryMeters;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Where PriorityWaterlines read signals and objectives, on threads of their own. */
final class PressureSources implements AutoCloseable {
    private static final Duration QUERY_DEADLINE = Duration.ofSeconds(3);

    private final Foundation foundation;
    private final PrometheusClient prometheus;
    private final ExecutorService queries = Executors.newVirtualThreadPerTaskExecutor();

    PressureSources(Foundation foundation, PrometheusClient prometheus) {
        this.foundation = foundation;
        this.prometheus = prometheus;
    }

    SignalReader signals() {
        return new SignalReader(
                prometheus,
                foundation.configuration().prometheusUrl(),
                metricsApi(),
                QUERY_DEADLINE,
                queries,
                foundation.clock());
    }

    SloReader objectives() {
        return new SloReader(prometheus, foundation.configuration().prometheusUrl(), QUERY_DEADLINE, queries);
    }

    private MetricsApi metricsApi() {
        var meters = new QueryMeters(foundation.meters());
        return new MetricsApi(
                foundation.clients().main(),
                QUERY_DEADLINE,
                queries,
                (usage, took) -> meters.queried(
                        "metrics.k8s.io",
                        usage instanceof NodeUsage.Unknown unknown
                                ? unknown.cause().name()
                                : "Fresh",
                        took),
                foundation.nanoTime());
    }

    @Override
    public void close() {
        queries.shutdownNow();
    }
}
