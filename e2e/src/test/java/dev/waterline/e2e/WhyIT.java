package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.junit.WithTestbed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where people find out why: on the pod that waits, and in the decision log. */
@WithTestbed(group = "why")
class WhyIT {
    private static final Duration SOON = Duration.ofSeconds(15);

    @BeforeAll
    static void install(Testbed testbed) {
        TestPods.createClasses(testbed.client());
        InstalledOperator.in(testbed);
    }

    @Test
    void aPodThatWaitsBecauseOfAFreezeIsToldSoOnceWithTheNumbers(Testbed testbed) {
        var pool = Pool.of(testbed, "crowded", 2);
        pool.heat("crowded-0", 0.9);
        pool.heat("crowded-1", 0.9);
        pool.waterline("");
        await().atMost(SOON)
                .until(() -> pool.floor("crowded-0").isPresent()
                        && pool.floor("crowded-1").isPresent());

        create(testbed, "waits", TestPods.LOW);
        create(testbed, "does-not-wait", TestPods.CRITICAL);

        await().atMost(Duration.ofSeconds(40)).until(() -> Told.about(testbed, "waits", "NodesFrozen") == 1);
        assertThat(Told.notes(testbed, "waits").getFirst())
                .contains("2 of 2 nodes that PriorityWaterline crowded governs are frozen below priority 1000")
                .contains("This pod has priority 100")
                .contains("cpu is at 90.0 % and has been at or above 82.0 %");
        await().during(Duration.ofSeconds(11))
                .atMost(SOON)
                .until(() -> Told.about(testbed, "waits", "NodesFrozen") == 1);
        assertThat(Told.about(testbed, "does-not-wait", "NodesFrozen")).isZero();
        assertThat(testbed.client()
                        .pods()
                        .inNamespace("default")
                        .withName("does-not-wait")
                        .require()
                        .getSpec()
                        .getNodeName())
                .startsWith("crowded-");
    }

    @Test
    void aDecisionIsServedWithItsChainOfReasonsUnderTheIdThatTheStatusShows(Testbed testbed) throws Exception {
        var pool = Pool.of(testbed, "asked", 1);
        pool.heat("asked-0", 0.9);
        pool.waterline("");
        await().atMost(SOON).until(() -> pool.floor("asked-0").isPresent());
        await().atMost(SOON).until(() -> !pool.current().getStatus().decisions().isEmpty());
        var told = pool.current().getStatus().decisions().getFirst();

        var one = get(testbed, "/api/v1/decisions/" + told.id());
        assertThat(one.path("version").asText()).isEqualTo("v1");
        assertThat(one.path("replica").path("leading").asBoolean()).isTrue();
        var decision = one.path("decision");
        assertThat(decision.path("message").asText()).isEqualTo(told.message());
        assertThat(decision.path("waterline").asText()).isEqualTo("asked");
        assertThat(decision.path("floor").asInt()).isEqualTo(Pool.FLOOR);
        assertThat(decision.path("reasons").findValuesAsText("step"))
                .containsExactly("Reading", "Smoothed", "Level", "Dwell");

        var listed = get(testbed, "/api/v1/decisions?node=asked-0");
        assertThat(listed.path("decisions").findValuesAsText("action")).containsExactly("Acknowledge", "Freeze");
        assertThat(get(testbed, "/api/v1/decisions?node=nobody").path("decisions"))
                .isEmpty();
    }

    private static void create(Testbed testbed, String name, String priorityClass) {
        testbed.client()
                .resource(TestPods.pod(name, priorityClass)
                        .editSpec()
                        .withNodeSelector(Map.of("pool", "crowded"))
                        .endSpec()
                        .build())
                .create();
    }

    private static JsonNode get(Testbed testbed, String path) throws IOException, InterruptedException {
        int port = InstalledOperator.in(testbed).process().launch().healthPort();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return new ObjectMapper().readTree(answer.body());
        }
    }
}
