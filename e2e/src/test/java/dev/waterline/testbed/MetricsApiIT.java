package dev.waterline.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waterline.testbed.junit.WithTestbed;
import dev.waterline.testbed.metricsapi.Usage;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The testbed's metrics.k8s.io is one that Kubernetes' own clients understand. */
@WithTestbed(
        group = "metrics-api",
        without = {Part.SCHEDULER, Part.KWOK, Part.PROMETHEUS})
class MetricsApiIT {
    private static final Usage USAGE = new Usage(1.5, 3_000_000_000L);

    @Test
    void nodesAndPodsAreServedThroughTheApiServer(Testbed testbed) {
        var api = testbed.metricsApi();
        api.usage().node("n1", USAGE, Duration.ofSeconds(20));
        api.usage().pod("ns", "p1", Map.of("main", USAGE));

        var nodes = testbed.client().top().nodes().metrics().getItems();
        var pods = testbed.client().top().pods().metrics().getItems();

        assertThat(nodes).singleElement().satisfies(node -> {
            assertThat(node.getMetadata().getName()).isEqualTo("n1");
            assertThat(node.getUsage()).containsEntry("cpu", new Quantity("1500000000n"));
            assertThat(Instant.parse(node.getTimestamp()))
                    .isBefore(Instant.now().minusSeconds(19));
            assertThat(node.getWindow().getDuration()).isEqualTo(Duration.ofSeconds(15));
        });
        assertThat(pods).singleElement().satisfies(pod -> {
            assertThat(pod.getMetadata().getNamespace()).isEqualTo("ns");
            assertThat(pod.getContainers().getFirst().getUsage().get("memory")).isEqualTo(new Quantity("2929688Ki"));
        });
        assertThat(testbed.client().top().pods().metrics("other").getItems()).isEmpty();
    }

    @Test
    void theApiServerAuthorisesWhoeverAsks(Testbed testbed) {
        testbed.metricsApi();

        assertThatThrownBy(() -> testbed.client(User.OPERATOR).top().nodes().metrics())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refusal -> assertThat(refusal.getCode()).isEqualTo(403));
    }

    @Test
    void aFailingOneAndNoneAtAllAreErrors(Testbed testbed) {
        var api = testbed.metricsApi();
        api.failing(true);
        assertThatThrownBy(() -> testbed.client().top().nodes().metrics())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        failure -> assertThat(failure.getCode()).isEqualTo(503));
        api.failing(false);

        api.unregister();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            try {
                testbed.client().top().nodes().metrics();
                return false;
            } catch (KubernetesClientException e) {
                return e.getCode() == 404;
            }
        });
    }
}
