package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.cluster.NodeUsage.Measured;
import dev.waterline.decision.reading.Reading.Cause;
import dev.waterline.fixture.FakeApiServer;
import dev.waterline.fixture.FakeClock;
import dev.waterline.fixture.ScriptedServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class MetricsApiTest {
    private static final String PATH = "/apis/metrics.k8s.io/v1beta1/nodes";
    private static final String NODES = """
            {"kind":"NodeMetricsList","apiVersion":"metrics.k8s.io/v1beta1","metadata":{},"items":[
              {"metadata":{"name":"n1"},"timestamp":"2026-07-01T12:00:00Z","window":"15s","usage":{"cpu":"1500000000n","memory":"2Ki"}},
              {"metadata":{"name":"n2"},"timestamp":"2026-07-01T14:00:00+02:00","window":"15s","usage":{"cpu":"much"}},
              {"metadata":{"name":"n3"},"timestamp":"yesterday","window":"15s","usage":{"cpu":"1","memory":"1Gi"}},
              {"metadata":{"name":"n4"},"window":"15s","usage":{"cpu":"1","memory":"1Gi"}}]}""";

    private final FakeApiServer server = new FakeApiServer();
    private final FakeClock clock = new FakeClock("2026-07-01T12:00:00Z");
    private final List<NodeUsage> observed = new ArrayList<>();
    private final MetricsApi api = new MetricsApi(
            server.client(),
            Duration.ofSeconds(10),
            Runnable::run,
            (usage, _) -> observed.add(usage),
            clock.nanoTime());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void eachNodeHasItsUsageAndItsTimeAndWhatCannotBeReadIsNotKnown() {
        server.put(PATH, NODES);

        var nodes = ((NodeUsage.Known) api.nodes()).nodes();

        var noon = Instant.parse("2026-07-01T12:00:00Z");
        assertThat(nodes)
                .isEqualTo(Map.of(
                        "n1", new Measured(new NodeResources(1.5, 2048), noon),
                        "n2", new Measured(NodeResources.UNKNOWN, noon)));
    }

    @Test
    void whoAsksWithinASecondSharesOneList() {
        server.put(PATH, NODES);

        api.nodes();
        clock.advance(Duration.ofMillis(999));
        api.nodes();
        assertThat(server.requests()).hasSize(1);

        clock.advance(Duration.ofMillis(1));
        var second = api.nodes();
        assertThat(server.requests()).hasSize(2);
        assertThat(observed).hasSize(2).last().isEqualTo(second);
    }

    @ParameterizedTest
    @CsvSource({
        "404, NoMetricsApi, install metrics-server",
        "403, HttpError, ClusterRole",
        "503, HttpError, HTTP status 503"
    })
    void aRefusalSaysWhatToDo(int status, Cause cause, String detail) {
        server.intercept(status, _ -> false);

        assertThat(api.nodes()).isInstanceOfSatisfying(NodeUsage.Unknown.class, unknown -> {
            assertThat(unknown.cause()).isEqualTo(cause);
            assertThat(unknown.detail()).contains(detail);
        });
    }

    @Test
    void anApiServerThatIsNotThereIsUnreachable() {
        server.close();

        assertThat(api.nodes())
                .isInstanceOfSatisfying(
                        NodeUsage.Unknown.class,
                        unknown -> assertThat(unknown.cause()).isEqualTo(Cause.Unreachable));
    }

    @Test
    void anApiServerThatHangsCostsNoMoreThanTheDeadline() {
        var release = new CountDownLatch(1);
        try (var hanging = new ScriptedServer(_ -> release.await(20, TimeUnit.SECONDS));
                var executor = Executors.newVirtualThreadPerTaskExecutor();
                var client = new KubernetesClientBuilder()
                        .withConfig(new ConfigBuilder(server.config())
                                .withMasterUrl(hanging.address().toString())
                                .build())
                        .build()) {
            var impatient = new MetricsApi(client, Duration.ofMillis(200), executor, (_, _) -> {}, clock.nanoTime());

            assertThat(impatient.nodes())
                    .isEqualTo(new NodeUsage.Unknown(Cause.Timeout, "the Metrics API has not answered within 200 ms"));
            release.countDown();
        }
    }
}
