package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.fixture.FakeApiServer;
import dev.waterline.fixture.FakeClock;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookBindGuardTest {
    private static final String PATH =
            "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/waterline-bind-guard";
    private static final Map<Integer, NavigableSet<String>> NODES =
            Map.of(1000, new TreeSet<>(List.of("n1", "n2")), 9000, new TreeSet<>(List.of("n3")));

    private final FakeApiServer server = new FakeApiServer();
    private final KubernetesClient client = server.client();
    private final FakeClock clock = new FakeClock("2026-07-01T12:00:00Z");
    private String authority = "first";
    private final WebhookBindGuard guard = new WebhookBindGuard(
            client, List.of(client), "waterline-system", Map.of(), this::endpoint, clock.nanoTime());

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void whatWasWrittenIsReadIsCurrentAndIsNotWrittenAgain() {
        long generation = guard.write(NODES);

        assertThat(guard.read().nodesByFloor()).isEqualTo(NODES);
        assertThat(guard.read().current()).isTrue();
        assertThat(guard.write(NODES)).isEqualTo(generation);
        assertThat(puts()).isEqualTo(1);
    }

    @Test
    void anotherAuthorityMakesItOutOfDate() {
        long generation = guard.write(NODES);

        authority = "second";

        assertThat(guard.read().current()).isFalse();
        assertThat(guard.write(NODES)).isEqualTo(generation + 1);
        assertThat(guard.read().current()).isTrue();
    }

    @Test
    void entriesThatDoNotAskAboutCreatedPodsAreOutOfDate() {
        guard.write(NODES);
        server.put(PATH, server.object(PATH).orElseThrow().toString().replace(",\"pods\"]", "]"));

        assertThat(guard.read().nodesByFloor()).isEqualTo(NODES);
        assertThat(guard.read().current()).isFalse();
    }

    @Test
    void aProbeThatIsNotDeniedIsNoAcknowledgementHoweverItFails() {
        var ticking =
                new WebhookBindGuard(client, List.of(client), "waterline-system", Map.of(), this::endpoint, () -> {
                    clock.advance(Duration.ofMillis(100));
                    return clock.nanoTime().getAsLong();
                });

        assertThat(ticking.awaitAcknowledgement(1, Duration.ofSeconds(1))).isFalse();
    }

    private long puts() {
        return server.requests().stream().filter(("PUT " + PATH)::equals).count();
    }

    private WebhookClientConfig endpoint(int floor) {
        return new WebhookClientConfigBuilder()
                .withUrl("https://127.0.0.1:1/bind/" + floor)
                .withCaBundle(authority)
                .build();
    }
}
