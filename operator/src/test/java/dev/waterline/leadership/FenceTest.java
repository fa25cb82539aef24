package dev.waterline.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waterline.fixture.FakeApiServer;
import dev.waterline.fixture.FakeClock;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FenceTest {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final FakeClock clock = new FakeClock("2026-01-01T00:00:00Z");
    private final Fence fence = Fence.closed(clock.nanoTime(), DEADLINE);

    @Test
    void nothingMayBeWrittenBeforeTheFirstRenewal() {
        assertThat(fence.holds()).isFalse();
        assertThatThrownBy(fence::check).isInstanceOf(FenceExpiredException.class);
    }

    @Test
    void theFenceHoldsUntilTheDeadlineCountedFromBeforeTheRenewalWasSent() {
        long sentAt = fence.now();
        clock.advance(Duration.ofSeconds(4)); // a slow reply
        fence.renewed(sentAt);

        clock.advance(Duration.ofSeconds(6).minusNanos(1));
        assertThat(fence.holds()).isTrue();

        clock.advance(Duration.ofNanos(1));
        assertThat(fence.holds()).isFalse();
    }

    @Test
    void aWallClockThatIsSetMovesNothing() {
        fence.renewed(fence.now());

        clock.jump(Duration.ofDays(400));
        assertThat(fence.holds()).isTrue();

        clock.jump(Duration.ofDays(-800));
        clock.advance(DEADLINE);
        assertThat(fence.holds()).isFalse();
    }

    @Test
    void aClosedFenceStopsAtOnceThoughTheDeadlineIsFar() {
        fence.renewed(fence.now());

        fence.close();

        assertThat(fence.holds()).isFalse();
    }

    @Test
    void withoutAnElectionTheFenceIsAlwaysOpen() {
        assertThatCode(() -> Fence.open().check()).doesNotThrowAnyException();
    }

    @Test
    void anExpiredFenceLetsReadsPassAndSendsNoWrite() {
        try (FakeApiServer server = new FakeApiServer();
                KubernetesClient client = fenced(server)) {
            assertThat(client.configMaps().inNamespace("ns").withName("x").get())
                    .isNull();
            assertThatThrownBy(() -> client.configMaps()
                            .resource(new ConfigMapBuilder()
                                    .withNewMetadata()
                                    .withNamespace("ns")
                                    .withName("x")
                                    .endMetadata()
                                    .build())
                            .create())
                    .isInstanceOf(FenceExpiredException.class);
            assertThatThrownBy(() ->
                            client.configMaps().inNamespace("ns").withName("x").delete())
                    .isInstanceOf(FenceExpiredException.class);

            assertThat(server.requests()).containsExactly("GET /api/v1/namespaces/ns/configmaps/x");
        }
    }

    @Test
    void aHoldingFenceLetsWritesPass() {
        try (FakeApiServer server = new FakeApiServer();
                KubernetesClient client = fenced(server)) {
            fence.renewed(fence.now());

            client.configMaps()
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withNamespace("ns")
                            .withName("x")
                            .endMetadata()
                            .build())
                    .create();

            assertThat(server.requests()).containsExactly("POST /api/v1/namespaces/ns/configmaps");
        }
    }

    private KubernetesClient fenced(FakeApiServer server) {
        return new KubernetesClientBuilder()
                .withConfig(server.config())
                .withHttpClientBuilderConsumer(
                        builder -> builder.addOrReplaceInterceptor(FenceInterceptor.NAME, new FenceInterceptor(fence)))
                .build();
    }
}
