package dev.waterline.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.fixture.FakeApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeadershipTest {
    private static final Leadership.Timings TIMINGS =
            new Leadership.Timings(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofMillis(100));
    private static final Duration SOON = Duration.ofSeconds(10);

    private final FakeApiServer server = new FakeApiServer();
    private final KubernetesClient client = server.client();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void theSecondReplicaLeadsSoonAfterTheFirstHasReleasedTheLease() {
        Replica first = new Replica();
        first.leadership.start();
        await().atMost(SOON).until(first::leads);
        Replica second = new Replica();
        second.leadership.start();
        assertThat(second.fence.holds()).isFalse();

        first.leadership.release(SOON);

        assertThat(first.fence.holds()).isFalse();
        assertThat(first.lost).hasValue(0);
        await().atMost(SOON).until(second::leads);
        second.leadership.release(SOON);
    }

    @Test
    void aLeaderThatCannotRenewIsToldSoAndMayNotWriteBefore() {
        Replica replica = new Replica();
        replica.leadership.start();
        await().atMost(SOON).until(replica::leads);

        server.intercept(503, request -> false);

        await().atMost(SOON).until(() -> replica.lost.get() > 0);
        assertThat(replica.fenceWhenLost.get()).isZero();
    }

    @Test
    void aStolenLeaseEndsTheProcess() {
        Replica replica = new Replica();
        replica.leadership.start();
        await().atMost(SOON).until(replica::leads);

        server.put("/apis/coordination.k8s.io/v1/namespaces/ns/leases/waterline-operator", """
                {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"waterline-operator",
                 "namespace":"ns"},"spec":{"holderIdentity":"thief","leaseDurationSeconds":600,
                 "acquireTime":"2026-01-01T00:00:00.000000Z","renewTime":"2026-01-01T00:00:00.000000Z",
                 "leaseTransitions":1}}""");

        await().atMost(SOON).until(() -> replica.lost.get() > 0);
        assertThat(replica.fence.holds()).isFalse();
    }

    @Test
    void twoProcessesOnOneMachineHaveDifferentIdentities() {
        assertThat(new Replica().leadership.identity())
                .startsWith("host_")
                .isNotEqualTo(new Replica().leadership.identity());
    }

    private final class Replica {
        private final Fence fence = Fence.closed(System::nanoTime, TIMINGS.renewDeadline());
        private final AtomicInteger gained = new AtomicInteger();
        private final AtomicInteger lost = new AtomicInteger();
        private final AtomicInteger fenceWhenLost = new AtomicInteger();
        private final Leadership leadership = new Leadership(
                client, "ns", "host", TIMINGS, fence, InstantSource.system(), gained::incrementAndGet, () -> {
                    fenceWhenLost.set(fence.holds() ? 1 : 0);
                    lost.incrementAndGet();
                });

        boolean leads() {
            return gained.get() == 1 && fence.holds();
        }
    }
}
