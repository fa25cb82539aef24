package dev.waterline.leadership;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waterline.fixture.FakeApiServer;
import dev.waterline.fixture.FakeClock;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FencedLockTest {
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final String PATH = "/apis/coordination.k8s.io/v1/namespaces/ns/leases/waterline-operator";

    private final FakeClock clock = new FakeClock("2026-01-01T00:00:00Z");
    private final Fence fence = Fence.closed(clock.nanoTime(), Duration.ofSeconds(10));
    private final FakeApiServer server = new FakeApiServer();
    private final KubernetesClient client = server.client();
    private final FencedLock lock =
            new FencedLock(new LeaseLock("ns", "waterline-operator", "me"), fence, LEASE, clock);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void takingTheLeaseOpensTheFenceFromTheMomentBeforeItWasSent() {
        server.intercept(500, request -> {
            clock.advance(Duration.ofSeconds(9)); // the API server takes its time
            return true;
        });

        lock.create(client, heldBy("me"));

        assertThat(fence.holds()).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(fence.holds()).isFalse();
    }

    @Test
    void aFailedRenewalDoesNotMoveTheFence() {
        lock.create(client, heldBy("me"));
        lock.get(client);
        clock.advance(Duration.ofSeconds(8));
        server.intercept(500, request -> false);

        assertThatThrownBy(() -> lock.update(client, heldBy("me"))).isInstanceOf(KubernetesClientException.class);

        clock.advance(Duration.ofSeconds(2));
        assertThat(fence.holds()).isFalse();
    }

    @Test
    void givingTheLeaseUpClosesTheFenceBeforeAnythingIsSent() {
        lock.create(client, heldBy("me"));
        lock.get(client);
        server.intercept(500, request -> {
            assertThat(fence.holds()).isFalse();
            return true;
        });

        lock.update(client, new LeaderElectionRecord(null, Duration.ofSeconds(1), now(), now(), 0));

        assertThat(fence.holds()).isFalse();
        assertThat(server.requests().getLast()).startsWith("PATCH");
    }

    @Test
    void aLeaseOfAHolderWhoseClockIsBehindDoesNotLookExpired() {
        server.put(PATH, lease("other", "2025-12-31T23:00:00.000000Z"));

        assertThat(expiry()).isEqualTo(clock.instant().plus(LEASE));
    }

    @Test
    void aLeaseExpiresOnceItHasStoodStillForItsDurationByOurOwnClock() {
        server.put(PATH, lease("other", "2026-01-01T01:00:00.000000Z")); // its clock is an hour ahead
        expiry();

        clock.advance(LEASE.plusMillis(1));

        assertThat(expiry()).isBefore(clock.instant());
    }

    @Test
    void eachRenewalOfTheHolderStartsTheWaitAnew() {
        server.put(PATH, lease("other", "2026-01-01T00:00:00.000000Z"));
        expiry();
        clock.advance(Duration.ofSeconds(14));
        server.put(PATH, lease("other", "2026-01-01T00:00:14.000000Z"));
        expiry();

        clock.advance(Duration.ofSeconds(14));

        assertThat(expiry()).isAfter(clock.instant());
    }

    @Test
    void aHalfEmptyLeaseIsAnErrorThatTheElectorTriesAgain() {
        server.put(PATH, """
                {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"waterline-operator",
                 "namespace":"ns"},"spec":{"holderIdentity":"somebody"}}""");

        assertThatThrownBy(() -> lock.get(client))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("cannot be read");
    }

    private Instant expiry() {
        LeaderElectionRecord seen = requireNonNull(lock.get(client));
        return seen.getRenewTime().plus(seen.getLeaseDuration()).toInstant();
    }

    private LeaderElectionRecord heldBy(String holder) {
        return new LeaderElectionRecord(holder, LEASE, now(), now(), 0);
    }

    private ZonedDateTime now() {
        return clock.instant().atZone(ZoneOffset.UTC);
    }

    private static String lease(String holder, String renewed) {
        return """
                {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"waterline-operator",
                 "namespace":"ns"},"spec":{"holderIdentity":"%s","leaseDurationSeconds":15,"acquireTime":"%s",
                 "renewTime":"%s","leaseTransitions":0}}""".formatted(holder, renewed, renewed);
    }
}
