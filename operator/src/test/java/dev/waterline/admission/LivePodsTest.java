package dev.waterline.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waterline.fixture.FakeApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LivePodsTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final FakeApiServer server = new FakeApiServer();
    private final KubernetesClient client = server.client();
    private final LivePods pods = new LivePods(client);

    @AfterEach
    void close() {
        pods.close();
        client.close();
        server.close();
    }

    @Test
    void aPodsPriorityOwnerAndPinnedVolumesAreFound() throws PodLookupException {
        server.put("/api/v1/namespaces/shop/pods/db", """
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"db","namespace":"shop","uid":"u1","ownerReferences":
                 [{"apiVersion":"apps/v1","kind":"DaemonSet","name":"d","uid":"x","controller":true}]},
                 "spec":{"priority":7,"volumes":[{"name":"v","persistentVolumeClaim":{"claimName":"data"}}]}}""");
        server.put("/api/v1/namespaces/shop/persistentvolumeclaims/data", """
                {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"shop"},
                 "spec":{"volumeName":"pv-1"}}""");
        server.put("/api/v1/persistentvolumes/pv-1", """
                {"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"pv-1"},"spec":{"nodeAffinity":{
                 "required":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"kubernetes.io/hostname",
                 "operator":"In","values":["n1"]}]}]}}}}""");

        PodFacts facts = pods.live("shop", "db", LONG).orElseThrow();

        assertThat(facts.uid()).isEqualTo("u1");
        assertThat(facts.priority()).isEqualTo(7);
        assertThat(facts.traits())
                .containsExactlyInAnyOrder(new PodTrait.DaemonSetPod(), new PodTrait.PinnedToNode("n1"));
    }

    @Test
    void aPodThatDoesNotExistIsEmpty() throws PodLookupException {
        assertThat(pods.live("shop", "gone", LONG)).isEmpty();
    }

    @Test
    void anErrorOfTheApiServerIsAFailedLookup() {
        server.intercept(500, request -> false);

        assertThatThrownBy(() -> pods.live("shop", "db", LONG)).isInstanceOf(PodLookupException.class);
    }

    @Test
    void anApiServerThatHangsCostsNoMoreThanTheDeadline() {
        CountDownLatch never = new CountDownLatch(1);
        server.intercept(500, request -> {
            try {
                return never.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                return false;
            }
        });
        long begin = System.nanoTime();

        assertThatThrownBy(() -> pods.live("shop", "db", NodePressureAdmissionController.ASK_WITHIN))
                .isInstanceOf(PodLookupException.class)
                .hasMessageContaining("600 ms");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
        never.countDown();
    }

    @Test
    void theNodesThatClaimsArePinnedToAreFoundWithoutAPod() throws PodLookupException {
        server.put("/api/v1/namespaces/shop/persistentvolumeclaims/data", """
                {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"shop"},
                 "spec":{"volumeName":"pv-1"}}""");
        server.put("/api/v1/persistentvolumes/pv-1", """
                {"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"pv-1"},"spec":{"nodeAffinity":{
                 "required":{"nodeSelectorTerms":[{"matchFields":[{"key":"metadata.name",
                 "operator":"In","values":["n1"]}]}]}}}}""");

        assertThat(pods.pinned("shop", List.of("data", "not-bound-yet"), LONG))
                .containsExactly(new PodTrait.PinnedToNode("n1"));
    }

    @Test
    void whenNoTimeIsLeftNobodyIsAsked() {
        assertThatThrownBy(() -> pods.live("shop", "db", Duration.ofMillis(-3))).isInstanceOf(PodLookupException.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void lookupsThatGaveUpLeaveTheirPlaceToOthers() {
        CountDownLatch never = new CountDownLatch(1);
        server.intercept(500, request -> {
            try {
                return never.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                return false;
            }
        });
        for (int i = 0; i < 200; i++) {
            assertThatThrownBy(() -> pods.live("shop", "db", Duration.ofMillis(1)))
                    .isInstanceOf(PodLookupException.class);
        }
        never.countDown();
        server.intercept(500, request -> true);

        await().atMost(LONG).until(() -> {
            try {
                return pods.live("shop", "gone", LONG).isEmpty();
            } catch (PodLookupException e) {
                return false;
            }
        });
    }

    @Test
    void itIsPreparedWithoutAskingAnybody() {
        pods.prepare();

        assertThat(server.requests()).isEmpty();
    }
}
