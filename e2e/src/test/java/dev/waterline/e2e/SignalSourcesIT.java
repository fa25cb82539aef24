package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.testbed.NodeCapacity;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.junit.WithTestbed;
import dev.waterline.testbed.metricsapi.Usage;
import dev.waterline.testbed.tools.ToolSources;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where readings come from: the Metrics API, series that name nodes by their addresses, and the ready-made signals. */
@WithTestbed(group = "sources")
class SignalSourcesIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String FROM_METRICS_API = "signals: [{name: cpu, halfLife: 0s, maxAge: 10s, lag: 0s}]";
    private static final String BY_INSTANCE =
            "signals: [{name: cpu, halfLife: 0s, maxAge: 5s, lag: 0s, nodeLabel: instance, prometheus: {query: ratio_by_instance}}]";
    private static final long GIBIBYTE = 1024L * 1024 * 1024;

    @BeforeAll
    static void install(Testbed testbed) {
        TestPods.createClasses(testbed.client());
        InstalledOperator.in(testbed);
    }

    @Test
    void whereNoPrometheusIsNamedTheMetricsApiIsRead(Testbed testbed) {
        var api = testbed.metricsApi();
        var pool = Pool.of(testbed, "metered", 2);
        api.usage().node("metered-0", usage(0.9));
        api.usage().node("metered-1", usage(0.3));
        pool.waterline(FROM_METRICS_API);
        await().atMost(SOON).until(() -> pool.floor("metered-0").isPresent() && pool.isGuarded("metered-0"));
        assertThat(pool.condition("MetricsAvailable")).isEqualTo("True/Fresh");
        assertThat(pool.current().getStatus().decisions().getFirst().message()).contains("cpu is at 90.0 %");
        assertThat(pool.floor("metered-1")).isEmpty();

        api.usage().node("metered-1", usage(0.3), Duration.ofSeconds(30));
        await().atMost(SOON).until(() -> pool.condition("MetricsAvailable").equals("True/NodesAbsent"));
        api.usage().node("metered-1", usage(0.3));

        api.failing(true);
        await().atMost(SOON).until(() -> pool.condition("MetricsAvailable").equals("False/HttpError"));
        api.failing(false);
        await().atMost(SOON).until(() -> pool.condition("MetricsAvailable").equals("True/Fresh"));

        api.unregister();
        await().atMost(SOON).until(() -> pool.condition("MetricsAvailable").equals("False/NoMetricsApi"));
        assertThat(message(pool)).contains("install metrics-server");
        assertThat(pool.floor("metered-0"))
                .as("a node stays frozen while nobody knows how hot it is")
                .contains(Pool.FLOOR);

        api.register();
        api.usage().node("metered-0", usage(0.4));
        await().atMost(SOON).until(() -> pool.floor("metered-0").isEmpty());
        testbed.client().resource(pool.current()).delete();
    }

    @Test
    void aSeriesMayNameItsNodeByTheAddressAndThePortOfItsExporter(Testbed testbed) {
        var pool = Pool.of(testbed, "addressed", 2);
        byInstance(testbed, exporterOf(pool, "addressed-0"), 0.9);
        byInstance(testbed, "192.0.2.7:9100", 0.9);
        byInstance(testbed, "192.0.2.8:9100", 0.9);
        pool.waterline(BY_INSTANCE);

        await().atMost(SOON).until(() -> pool.floor("addressed-0").isPresent());
        await().atMost(SOON).until(() -> pool.condition("MetricsAvailable").equals("True/NodesAbsent"));
        assertThat(message(pool))
                .contains("1 of 2 nodes have no series for signal cpu")
                .contains("2 series of signal cpu match no node, for example 192.0.2.7:9100");
        assertThat(scrape(InstalledOperator.in(testbed)))
                .contains("waterline_unmatched_series{signal=\"cpu\",waterline=\"addressed\",} 2.0");

        byInstance(testbed, exporterOf(pool, "addressed-1"), 0.3);
        byInstance(testbed, exporterOf(pool, "addressed-0"), 0.3);
        await().atMost(SOON).until(() -> pool.condition("MetricsAvailable").equals("True/Fresh"));
        await().atMost(SOON).until(() -> pool.floor("addressed-0").isEmpty());

        byInstance(testbed, "addressed-1:9100", 0.3);
        await().atMost(SOON).until(() -> pool.condition("MetricsAvailable").equals("False/SeveralSeries"));
        assertThat(message(pool)).contains("addressed-1", "named", "addressed-1:9100");
        testbed.client().resource(pool.current()).delete();
    }

    /** A new series too, of which rate() has seen a few seconds only: the reason why the query is a ratio of two rates. */
    @Test
    void theReadyMadeSignalsYieldWhatTheySay(Testbed testbed) throws IOException {
        var core = new Pool(
                testbed, "ready", testbed.nodes().create(1, "ready", Map.of("pool", "core"), NodeCapacity.STANDARD));
        var ingress = new Pool(
                testbed,
                "border",
                testbed.nodes().create(1, "border", Map.of("pool", "ingress"), NodeCapacity.STANDARD));
        testbed.metricsApi().usage().node("ready-0", usage(0.6));
        playNodeExporter(testbed, exporterOf(core, "ready-0"));
        playNodeExporter(testbed, exporterOf(ingress, "border-0"));

        tellOfYoungSeries(testbed, exporterOf(core, "ready-0"));
        assertYields(testbed, "cpu", exporterOf(core, "ready-0"), 0.25);
        assertYields(testbed, "memory", exporterOf(core, "ready-0"), 0.75);
        assertYields(testbed, "connection-tracking", exporterOf(ingress, "border-0"), 0.5);
        assertYields(testbed, "cpu-pressure", exporterOf(core, "ready-0"), 0.4);
        for (var sample : new String[] {"cpu", "cpu-metrics-api", "memory", "connection-tracking", "cpu-pressure"}) {
            var applied = testbed.client()
                    .resource(sample(sample))
                    .forceConflicts()
                    .fieldManager("test")
                    .serverSideApply();
            var pool = new Pool(testbed, applied.getMetadata().getName(), core.nodes());
            await(sample)
                    .atMost(SOON)
                    .until(() -> pool.condition("MetricsAvailable").equals("True/Fresh"));
            assertThat(pool.current().getStatus().hottestNodes()).hasSize(1);
            testbed.client().resource(applied).delete();
        }
    }

    /** What {@code maxAge} rests on: Prometheus gives no series whose last sample is older than the query's lookback. */
    @Test
    void prometheusHonoursTheLookbackOfAQuery(Testbed testbed) {
        testbed.exporter().gauge("looked_back", Map.of()).set(1);
        await().atMost(SOON)
                .until(() -> testbed.prometheus().query("looked_back").size() == 1);
        var inTwentySeconds = "&time=" + (System.currentTimeMillis() / 1000 + 20);

        assertThat(ask(testbed, "query=looked_back&lookback_delta=60000ms" + inTwentySeconds))
                .contains("looked_back");
        assertThat(ask(testbed, "query=looked_back&lookback_delta=5000ms" + inTwentySeconds))
                .contains("success")
                .doesNotContain("looked_back");
    }

    private static void playNodeExporter(Testbed testbed, String instance) {
        var exporter = testbed.exporter();
        for (var cpu : new String[] {"0", "1"}) {
            var idle = Map.of("instance", instance, "cpu", cpu, "mode", "idle");
            var user = Map.of("instance", instance, "cpu", cpu, "mode", "user");
            exporter.counter("node_cpu_seconds_total", idle).rate(0.75);
            exporter.counter("node_cpu_seconds_total", user).rate(0.25);
        }
        var of = Map.of("instance", instance);
        exporter.gauge("node_memory_MemTotal_bytes", of).set(64.0 * GIBIBYTE);
        exporter.gauge("node_memory_MemAvailable_bytes", of).set(16.0 * GIBIBYTE);
        exporter.counter("node_pressure_cpu_waiting_seconds_total", of).rate(0.4);
        exporter.gauge("node_nf_conntrack_entries", of).set(131_072);
        exporter.gauge("node_nf_conntrack_entries_limit", of).set(262_144);
    }

    private static void tellOfYoungSeries(Testbed testbed, String instance) {
        var of = "{instance=\"" + instance + "\"}[1m]))";
        var idle = of.replace("}", ",mode=\"idle\"}");
        await().atMost(SOON)
                .until(() -> testbed.prometheus()
                                .query("count(sum(count_over_time(node_cpu_seconds_total" + of + " >= 80)")
                                .size()
                        == 1);
        System.out.printf(
                "A node at 25 %% after 20 scrapes: 1 - rate(idle) says %.2f, idle over all modes %.2f%n",
                only(testbed, "1 - avg(rate(node_cpu_seconds_total" + idle),
                only(
                        testbed,
                        "1 - sum(rate(node_cpu_seconds_total" + idle + " / sum(rate(node_cpu_seconds_total" + of));
    }

    private static double only(Testbed testbed, String query) {
        return testbed.prometheus().query(query).getFirst().value();
    }

    private static void assertYields(Testbed testbed, String sample, String instance, double ratio) throws IOException {
        var query = Objects.requireNonNull(
                        sample(sample).getSpec().signals().getFirst().prometheus())
                .query();
        // rate() needs its whole minute to see a new counter at its full rate.
        await(sample)
                .atMost(Duration.ofSeconds(100))
                .untilAsserted(() -> assertThat(testbed.prometheus().query(query))
                        .anySatisfy(one -> {
                            assertThat(one.labels()).containsEntry("instance", instance);
                            assertThat(one.value()).isBetween(ratio - 0.02, ratio + 0.02);
                        }));
    }

    private static PriorityWaterline sample(String name) throws IOException {
        var file = ToolSources.home().resolve("deploy/samples/signals").resolve(name + ".yaml");
        return Serialization.unmarshal(Files.readString(file), PriorityWaterline.class);
    }

    private static void byInstance(Testbed testbed, String instance, double ratio) {
        testbed.exporter()
                .gauge("ratio_by_instance", Map.of("instance", instance))
                .set(ratio);
    }

    private static String exporterOf(Pool pool, String node) {
        return pool.node(node).getStatus().getAddresses().stream()
                        .filter(address -> address.getType().equals("InternalIP"))
                        .findFirst()
                        .orElseThrow()
                        .getAddress()
                + ":9100";
    }

    private static Usage usage(double ofCpu) {
        return new Usage(ofCpu * 32, 16 * GIBIBYTE);
    }

    private static String message(Pool pool) {
        return pool.current().getStatus().conditions().stream()
                .filter(condition -> condition.getType().equals("MetricsAvailable"))
                .map(Condition::getMessage)
                .findFirst()
                .orElse("");
    }

    private static String scrape(InstalledOperator operator) {
        return send(HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + operator.process().launch().healthPort() + "/metrics"))
                .build());
    }

    private static String ask(Testbed testbed, String form) {
        return send(HttpRequest.newBuilder(testbed.prometheus().uri().resolve("/api/v1/query"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    private static String send(HttpRequest request) {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
