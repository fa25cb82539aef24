package dev.waterline.cluster;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTargetsTest {
    private static final String SCALE = "/apis/apps/v1/namespaces/payments/deployments/api/scale";
    private static final ScaleTarget API = new ScaleTarget("apps/v1", "Deployment", "payments", "api");

    @RegisterExtension
    final WireMockExtension server = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private KubernetesClient client;
    private ScaleTargets targets;

    @BeforeEach
    void start() {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(server.baseUrl())
                .withRequestRetryBackoffLimit(0)
                .build();
        client = new KubernetesClientBuilder().withConfig(config).build();
        targets = new ScaleTargets(client);
        server.stubFor(get("/apis/apps/v1").willReturn(okJson("""
                {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"apps/v1","resources":[
                  {"name":"deployments","kind":"Deployment","namespaced":true,"verbs":["get"]},
                  {"name":"deployments/scale","kind":"Scale","group":"autoscaling","version":"v1","namespaced":true,"verbs":["get"]},
                  {"name":"daemonsets","kind":"DaemonSet","namespaced":true,"verbs":["get"]}]}""")));
        found(3);
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    void aTargetIsReadWithCountVersionAndSelector() {
        assertThat(targets.read(API)).isEqualTo(new ScaleRead.Found(3, "7", "app=api"));
    }

    @Test
    void aCountThatTheServerLeavesOutIsZero() {
        server.stubFor(get(SCALE).willReturn(okJson("""
                {"kind":"Scale","apiVersion":"autoscaling/v1","metadata":{"name":"api","resourceVersion":"8"},"spec":{},
                 "status":{"replicas":0}}""")));
        assertThat(targets.read(API)).isEqualTo(new ScaleRead.Found(0, "8", ""));
    }

    @Test
    void theKindIsLookedUpOnce() {
        targets.read(API);
        targets.read(API);
        server.verify(1, getRequestedFor(urlEqualTo("/apis/apps/v1")));
        server.verify(2, getRequestedFor(urlEqualTo(SCALE)));
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
        server.stubFor(get(SCALE).willReturn(aResponse().withStatus(404)));
        assertThat(targets.read(API)).isEqualTo(new ScaleRead.NotFound());
        found(5);
        assertThat(targets.read(API)).isEqualTo(new ScaleRead.Found(5, "7", "app=api"));
        server.verify(2, getRequestedFor(urlEqualTo("/apis/apps/v1")));
    }

    @Test
    void aRoleThatDoesNotAllowItIsForbidden() {
        server.stubFor(get(SCALE).willReturn(aResponse().withStatus(403)));
        assertThat(targets.read(API)).isEqualTo(new ScaleRead.Forbidden());
    }

    @Test
    void anApiServerInTroubleIsThrownAndNotTakenForAMissingTarget() {
        server.stubFor(get(SCALE).willReturn(aResponse().withStatus(500)));
        assertThatThrownBy(() -> targets.read(API)).isInstanceOf(KubernetesClientException.class);
    }

    @Test
    void aWriteCarriesTheVersionThatWasReadAndOurName() {
        server.stubFor(put(SCALE + "?fieldManager=waterline").willReturn(okJson("{}")));
        targets.read(API);
        assertThat(targets.write(API, "7", 12)).isEqualTo(new ScaleWrite.Scaled());
        server.verify(putRequestedFor(urlEqualTo(SCALE + "?fieldManager=waterline"))
                .withRequestBody(matchingJsonPath("$.apiVersion", equalTo("autoscaling/v1")))
                .withRequestBody(matchingJsonPath("$.metadata.resourceVersion", equalTo("7")))
                .withRequestBody(matchingJsonPath("$.spec.replicas", equalTo("12"))));
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
        server.stubFor(
                put(SCALE + "?fieldManager=waterline").willReturn(aResponse().withStatus(status)));
        targets.read(API);
        assertThat(targets.write(API, "7", 12)).hasToString(result);
    }

    private void found(int replicas) {
        server.stubFor(get(SCALE).willReturn(okJson("""
                {"kind":"Scale","apiVersion":"autoscaling/v1","metadata":{"name":"api","resourceVersion":"7"},
                 "spec":{"replicas":%d},"status":{"replicas":9,"selector":"app=api"}}""".formatted(replicas))));
    }
}
