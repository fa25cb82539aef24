package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.fixture.FakeApiServer;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TolerationAdmissionTest {
    private static final String API = "/apis/admissionregistration.k8s.io/v1";
    private static final String WEBHOOK = API + "/mutatingwebhookconfigurations/waterline-tolerations";
    private static final String POLICY = API + "/mutatingadmissionpolicies/waterline-tolerations";
    private static final String BINDING = API + "/mutatingadmissionpolicybindings/waterline-tolerations";

    private final FakeApiServer server = new FakeApiServer();
    private final KubernetesClient client = server.client();
    private String authority = "b25l";
    private final TolerationAdmission admission = new TolerationAdmission(
            client,
            new TolerationPolicy(client, "key"),
            new TolerationWebhook(
                    client,
                    "waterline-system",
                    path -> new WebhookClientConfigBuilder()
                            .withUrl("https://127.0.0.1" + path)
                            .withCaBundle(authority)
                            .build()));

    @BeforeEach
    void anOldCluster() {
        serves("validatingwebhookconfigurations", "mutatingwebhookconfigurations");
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void aClusterThatServesPoliciesGetsOneAndNoWebhook() {
        serves("mutatingadmissionpolicies");

        assertThat(ensure(1000, 100_000)).isFalse();

        assertThat(server.object(POLICY)).isPresent();
        assertThat(server.object(BINDING)).isPresent();
        assertThat(server.object(WEBHOOK)).isEmpty();
        assertThat(admission.description()).startsWith("MutatingAdmissionPolicy");
    }

    @Test
    void anOlderClusterGetsAWebhookThatNamesTheFloorsAndAsksForProof() {
        assertThat(ensure(1000, 100_000)).isTrue();
        assertThat(ensure(1000, 100_000)).isFalse();

        var webhook = server.object(WEBHOOK).orElseThrow().path("webhooks").path(0);
        assertThat(webhook.path("clientConfig").path("url").asText()).endsWith("/tolerate/1000/100000");
        assertThat(webhook.path("failurePolicy").asText()).isEqualTo("Ignore");
        assertThat(webhook.path("timeoutSeconds").asInt()).isEqualTo(1);
        assertThat(webhook.path("matchConditions").path(0).path("expression").asText())
                .endsWith("object.spec.priority >= 1000");
        assertThat(server.object(POLICY)).isEmpty();
        assertThat(admission.description()).startsWith("MutatingWebhookConfiguration");
    }

    @Test
    void aNewAuthorityReachesTheWebhookAndNothingElseIsWrittenTwice() {
        ensure(1000);
        server.requests().clear();
        ensure(1000);
        assertThat(server.requests()).allMatch(request -> request.startsWith("GET"));

        authority = "dHdv";
        ensure(1000);

        assertThat(server.object(WEBHOOK).orElseThrow().findValue("caBundle").asText())
                .isEqualTo("dHdv");
    }

    @Test
    void anUpgradedClusterKeepsTheWebhookForFourLooksAndThenAsksForProofOfThePolicy() {
        ensure(1000);
        serves("mutatingadmissionpolicies");

        assertThat(ensure(1000)).isTrue();
        assertThat(server.object(POLICY)).isPresent();
        assertThat(ensure(1000)).isFalse();
        assertThat(ensure(1000)).isFalse();
        assertThat(server.object(WEBHOOK)).isPresent();

        assertThat(ensure(1000)).isTrue();
        assertThat(server.object(WEBHOOK)).isEmpty();
        assertThat(ensure(1000)).isFalse();
    }

    @Test
    void anOldApiServerThatAnswersInBetweenStartsTheCountAnew() {
        ensure(1000);
        serves("mutatingadmissionpolicies");
        ensure(1000);
        ensure(1000);
        ensure(1000);
        anOldCluster();
        ensure(1000);
        serves("mutatingadmissionpolicies");
        ensure(1000);

        assertThat(server.object(WEBHOOK)).isPresent();
    }

    @Test
    void withoutFloorsThereIsNeither() {
        ensure(1000);
        ensure();
        assertThat(server.object(WEBHOOK)).isEmpty();

        serves("mutatingadmissionpolicies");
        ensure(1000);
        ensure();
        assertThat(server.object(POLICY)).isEmpty();
        assertThat(server.object(BINDING)).isEmpty();
    }

    private boolean ensure(Integer... floors) {
        return admission.ensure(new TreeSet<>(List.of(floors)));
    }

    private void serves(String... plurals) {
        var resources = new StringBuilder();
        for (var plural : plurals) {
            resources.append(resources.isEmpty() ? "" : ",").append("{\"name\":\"" + plural + "\"}");
        }
        server.put(API, "{\"kind\":\"APIResourceList\",\"apiVersion\":\"v1\",\"resources\":[" + resources + "]}");
    }
}
