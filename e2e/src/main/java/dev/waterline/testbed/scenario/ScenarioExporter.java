package dev.waterline.testbed.scenario;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * An exporter for Prometheus that plays what it is told, on a loopback port that the kernel picks. Everything can be set
 * while it runs, from any thread; each scrape sees the values of its moment.
 *
 * <p>Labels are kept as they are given ({@code job} too), because the testbed's Prometheus honours them.
 */
public final class ScenarioExporter implements AutoCloseable {
    /** Seconds by {@code node} and {@code mode} (idle, user, system), one CPU {@code cpu="0"} a node. */
    public static final String NODE_CPU = "node_cpu_seconds_total";

    /** The utilisation by {@code node}, from 0 to 1, for scenarios that need exact numbers at once. */
    public static final String NODE_RATIO = "node_utilisation_ratio";

    private final Map<SeriesId, PlayedSeries> series = new ConcurrentHashMap<>();
    private final Map<String, PlayedNode> nodes = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private final HTTPServer server;

    private ScenarioExporter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        var registry = new CollectorRegistry();
        registry.register(new ScenarioCollector(series));
        try {
            server = new HTTPServer.Builder()
                    .withInetSocketAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .withRegistry(registry)
                    .withDaemonThreads(true)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start the scenario exporter", e);
        }
    }

    public static ScenarioExporter start() {
        return start(System::nanoTime);
    }

    static ScenarioExporter start(LongSupplier nanoTime) {
        return new ScenarioExporter(nanoTime);
    }

    public int port() {
        return server.getPort();
    }

    /** The node of that name, idle if it is new. */
    public PlayedNode node(String name) {
        return nodes.computeIfAbsent(
                name,
                node -> new PlayedNode(
                        counter(NODE_CPU, cpu(node, "idle")),
                        counter(NODE_CPU, cpu(node, "user")),
                        counter(NODE_CPU, cpu(node, "system")),
                        gauge(NODE_RATIO, Map.of("node", node))));
    }

    /**
     * The counter of that name and labels; a new one stands at 0 with rate 0.
     *
     * @param name ends in {@code _total}, as Prometheus has it for counters
     */
    public PlayedCounter counter(String name, Map<String, String> labels) {
        if (!name.endsWith("_total")) {
            throw new IllegalArgumentException("A counter's name ends in _total, not so " + name);
        }
        return series(name, labels, PlayedCounter.class, new PlayedCounter(nanoTime));
    }

    /** The gauge of that name and labels; a new one shows 0. */
    public PlayedGauge gauge(String name, Map<String, String> labels) {
        return series(name, labels, PlayedGauge.class, new PlayedGauge());
    }

    /** Forgets everything, for the next scenario. */
    public void clear() {
        nodes.clear();
        series.clear();
    }

    @Override
    public void close() {
        server.close();
    }

    private <T extends PlayedSeries> T series(String name, Map<String, String> labels, Class<T> type, T fresh) {
        var existing = series.putIfAbsent(new SeriesId(name, labels), fresh);
        if (existing == null) {
            return fresh;
        }
        if (!type.isInstance(existing)) {
            throw new IllegalArgumentException(
                    name + labels + " is a " + existing.getClass().getSimpleName() + " already");
        }
        return type.cast(existing);
    }

    private static Map<String, String> cpu(String node, String mode) {
        return Map.of("node", node, "mode", mode, "cpu", "0");
    }
}
