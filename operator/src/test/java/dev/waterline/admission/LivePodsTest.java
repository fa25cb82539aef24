package dev.waterline.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waterline.fixture.FakeApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LivePodsTest {
    private final FakeApiServer server = new FakeApiServer();
    private final KubernetesClient client = server.client();
    private final LivePods pods = new LivePods(client, Duration.ofSeconds(10));

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

        PodFacts facts = pods.live("shop", "db").orElseThrow();

        assertThat(facts.uid()).isEqualTo("u1");
        assertThat(facts.priority()).isEqualTo(7);
        assertThat(facts.traits())
                .containsExactlyInAnyOrder(new PodTrait.DaemonSetPod(), new PodTrait.PinnedToNode("n1"));
    }

    @Test
    void aPodThatDoesNotExistIsEmpty() throws PodLookupException {
        assertThat(pods.live("shop", "gone")).isEmpty();
    }

    @Test
    void anErrorOfTheApiServerIsAFailedLookup() {
        server.intercept(500, request -> false);

        assertThatThrownBy(() -> pods.live("shop", "db")).isInstanceOf(PodLookupException.class);
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

        assertThatThrownBy(() -> new LivePods(client, PodLookup.LIVE_DEADLINE).live("shop", "db"))
                .isInstanceOf(PodLookupException.class)
                .hasMessageContaining("600 ms");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
        never.countDown();
    }
}
