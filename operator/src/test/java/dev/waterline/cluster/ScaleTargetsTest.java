package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waterline.fixture.ScriptedServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTargetsTest {
    private static final String SCALE = "/apis/apps/v1/namespaces/payments/deployments/api/scale";
    private static final String PUT = "PUT " + SCALE + "?fieldManager=waterline";
    private static final ScaleTarget API = new ScaleTarget("apps/v1", "Deployment", "payments", "api");

    private final ScriptedServer server = new ScriptedServer();

    private KubernetesClient client;
    private ScaleTargets targets;

    @BeforeEach
    void start() {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(server.address().toString())
                .withRequestRetryBackoffLimit(0)
                .build();
        client = new KubernetesClientBuilder().withConfig(config).build();
        targets = new ScaleTargets(client);
        server.answer("GET /apis/apps/v1", 200, """
                {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"apps/v1","resources":[
                  {"name":"deployments","kind":"Deployment","namespaced":true,"verbs":["get"]},
                  {"name":"deployments/scale","kind":"Scale","group":"autoscaling","version":"v1","namespaced":true,"verbs":["get"]},
                  {"name":"daemonsets","kind":"DaemonSet","namespaced":true,"verbs":["get"]}]}""");
        found(3);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void aTargetIsReadWithCountVersionAndSelector() {
        assertThat(targets.read(API)).isEqualTo(new ScaleRead.Found(3, "7", "app=api"));
    }

    @Test
    void aCountThatTheServerLeavesOutIsZero() {
        server.answer("GET " + SCALE, 200, """
                {"kind":"Scale","apiVersion":"autoscaling/v1","metadata":{"name":"api","resourceVersion":"8"},"spec":{},
                 "status":{"replicas":0}}""");
        assertThat(targets.read(API)).isEqualTo(new ScaleRead.Found(0, "8", ""));
    }

    @Test
    void theKindIsLookedUpOnce() {
        targets.read(API);
        targets.read(API);
        assertThat(server.received("GET /apis/apps/v1")).hasSize(1);
        assertThat(server.received("GET " + SCALE)).hasSize(2);
    }

    @Test
    void aKindWithoutScaleIsNamedSo() {
        assertThat(targets.read(new ScaleTarget("apps/v1", "DaemonSet", "payments", "agent")))
                .isEqualTo(new ScaleRead.NoScaleSubresource());
    }

    @Test
    void anUnknownKindOrGroupIsNamedSo() {
        assertThat(targets.read(new ScaleTarget("apps/v1", "Deploiment", "payments", "api")))
                .isEqualTo(new ScaleRead.UnknownKind());
        assertThat(targets.read(new ScaleTarget("example.com/v1", "Worker", "payments", "api")))
                .isEqualTo(new ScaleRead.UnknownKind());
    }

    @Test
    void aTargetThatIsGoneIsNotFoundAndItsKindIsLookedUpAnew() {
        targets.read(API);
        server.answer("GET " + SCALE, 404, "{}");
        assertThat(targets.read(API)).isEqualTo(new ScaleRead.NotFound());
        found(5);
        assertThat(targets.read(API)).isEqualTo(new ScaleRead.Found(5, "7", "app=api"));
        assertThat(server.received("GET /apis/apps/v1")).hasSize(2);
    }

    @Test
    void aRoleThatDoesNotAllowItIsForbidden() {
        server.answer("GET " + SCALE, 403, "{}");
        assertThat(targets.read(API)).isEqualTo(new ScaleRead.Forbidden());
    }

    @Test
    void anApiServerInTroubleIsThrownAndNotTakenForAMissingTarget() {
        server.answer("GET " + SCALE, 500, "{}");
        assertThatThrownBy(() -> targets.read(API)).isInstanceOf(KubernetesClientException.class);
    }

    @Test
    void aWriteCarriesTheVersionThatWasReadAndOurName() throws Exception {
        server.answer(PUT, 200, "{}");
        targets.read(API);
        assertThat(targets.write(API, "7", 12)).isEqualTo(new ScaleWrite.Scaled());
        var sent = new JsonMapper().readTree(server.received(PUT).getFirst());
        assertThat(sent.at("/apiVersion").asText()).isEqualTo("autoscaling/v1");
        assertThat(sent.at("/metadata/resourceVersion").asText()).isEqualTo("7");
        assertThat(sent.at("/spec/replicas").asInt()).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource({
        "409, Conflict[]",
        "404, NotFound[]",
        "403, Forbidden[]",
        "400, Refused[status=400]",
        "422, Refused[status=422]"
    })
    void aWriteThatFailsSaysHow(int status, String result) {
        server.answer(PUT, status, "{}");
        targets.read(API);
        assertThat(targets.write(API, "7", 12)).hasToString(result);
    }

    private void found(int replicas) {
        server.answer("GET " + SCALE, 200, """
                {"kind":"Scale","apiVersion":"autoscaling/v1","metadata":{"name":"api","resourceVersion":"7"},
                 "spec":{"replicas":%d},"status":{"replicas":9,"selector":"app=api"}}""".formatted(replicas));
    }
}
