package dev.waterline.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.fixture.FakeApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseWatchTest {
    private static final String LEASE = "/apis/coordination.k8s.io/v1/namespaces/ours/leases/waterline-operator";

    private final FakeApiServer server = new FakeApiServer();
    private final KubernetesClient client = server.client();

    /** Five seconds pass between any two looks at it. */
    private final AtomicLong nanos = new AtomicLong();

    private final LeaseWatch watch = new LeaseWatch(
            client, "ours", () -> nanos.getAndAdd(Duration.ofSeconds(5).toNanos()));

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void aLeaseThatStandsStillForItsDurationIsDeadWhateverItsTimeSays() {
        lease("2099-01-01T00:00:00.000000Z");

        assertThat(watch.awaitStandstill(Duration.ofMinutes(1))).isTrue();
    }

    @Test
    void aLeaseThatIsRenewedAllTheWhileIsAliveHoweverOldItsTimeIs() {
        lease("2001-01-01T00:00:00.000000Z");
        server.intercept(500, request -> {
            lease("2001-01-01T00:00:00.000000Z");
            return true;
        });

        assertThat(watch.awaitStandstill(Duration.ofSeconds(20))).isFalse();
    }

    @Test
    void aClusterWithoutLeaseHasNoLeader() {
        assertThat(watch.awaitStandstill(Duration.ofMinutes(1))).isTrue();
        assertThat(watch.lastSignOfLife()).isEmpty();
    }

    @Test
    void theLastSignOfLifeIsTheLastRenewal() {
        lease("2026-01-01T12:00:00.000000Z");

        assertThat(watch.lastSignOfLife()).contains(Instant.parse("2026-01-01T12:00:00Z"));
    }

    private void lease(String renewed) {
        server.put(
                LEASE,
                "{\"metadata\":{\"name\":\"waterline-operator\"},\"spec\":{\"holderIdentity\":\"x\","
                        + "\"leaseDurationSeconds\":10,\"renewTime\":\"" + renewed + "\"}}");
    }
}
