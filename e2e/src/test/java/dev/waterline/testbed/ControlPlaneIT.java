package dev.waterline.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.waterline.testbed.audit.AuditRecord;
import dev.waterline.testbed.junit.WithTestbed;
import dev.waterline.testbed.process.LogTail;
import dev.waterline.testbed.process.SupervisedProcess;
import dev.waterline.testbed.tools.Tool;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@WithTestbed
final class ControlPlaneIT {
    private final Testbed testbed;

    ControlPlaneIT(Testbed testbed) {
        this.testbed = testbed;
    }

    @Test
    void theApiServerIsThePinnedOneAndServesMutatingAdmissionPolicies() {
        var version = testbed.client().getKubernetesVersion();
        assertThat(version.getGitVersion()).isEqualTo("v1.37.2");
        assertThat(testbed.client()
                        .getApiResources("admissionregistration.k8s.io/v1")
                        .getResources())
                .extracting(resource -> resource.getName())
                .contains(
                        "mutatingadmissionpolicies", "validatingadmissionpolicies", "validatingwebhookconfigurations");
    }

    @Test
    void aPodIsScheduledToAFakeNodeAndRuns() {
        testbed.createNamespace("scheduling");
        var nodes = testbed.nodes().create(2, "scheduling", Map.of("pool", "scheduling"), NodeCapacity.STANDARD);
        var from = Instant.now();
        testbed.client().pods().resource(pod("scheduling", "lander")).create();

        Pod running = testbed.client()
                .pods()
                .inNamespace("scheduling")
                .withName("lander")
                .waitUntilCondition(
                        pod -> pod != null && "Running".equals(pod.getStatus().getPhase()), 60, TimeUnit.SECONDS);

        var node = running.getSpec().getNodeName();
        assertThat(nodes).contains(node);
        assertThat(testbed.audit().bindingsTo(node, from, Instant.now()))
                .singleElement()
                .satisfies(binding -> {
                    assertThat(binding.user()).isEqualTo("system:kube-scheduler");
                    assertThat(binding.name()).isEqualTo("lander");
                    assertThat(binding.namespace()).isEqualTo("scheduling");
                    assertThat(binding.code()).isEqualTo(201);
                    assertThat(binding.bindingTarget()).contains(node);
                });
        assertThat(testbed.audit().bindingsTo(node, from.minusSeconds(60), from))
                .isEmpty();
    }

    @Test
    void fiftyNodesGetReadyAndHaveTheCapacityTheyWereGiven() {
        var began = Instant.now();
        var nodes = testbed.nodes().create(50, "fifty", Map.of("pool", "fifty"), new NodeCapacity("8", "32Gi", 64));
        var took = Duration.between(began, Instant.now());
        System.out.println("50 fake nodes ready after " + took.toMillis() + " ms");

        assertThat(nodes).hasSize(50).contains("fifty-0", "fifty-49");
        assertThat(testbed.client().nodes().withLabel("pool", "fifty").list().getItems())
                .hasSize(50)
                .allSatisfy(
                        node -> assertThat(node.getStatus().getAllocatable()).containsEntry("cpu", new Quantity("8")));
        testbed.nodes().delete(nodes);
    }

    @Test
    void prometheusSeesTheUtilisationThatTheScenarioPlays() {
        testbed.exporter().node("busy").utilisation(0.75);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(testbed.prometheus()
                            .query("1 - avg by (node) (rate(node_cpu_seconds_total{node=\"busy\",mode=\"idle\"}[5s]))"))
                    .singleElement()
                    .satisfies(sample -> {
                        assertThat(sample.labels()).isEqualTo(Map.of("node", "busy"));
                        assertThat(sample.value()).isCloseTo(0.75, within(0.02));
                    });
            assertThat(testbed.prometheus().query("node_utilisation_ratio{node=\"busy\"}"))
                    .extracting(PrometheusServer.Sample::value)
                    .containsExactly(0.75);
        });
    }

    @Test
    void prometheusSeesADroppedSeriesVanishAndASpoiltOneTurnToNaN() {
        var gone = testbed.exporter().gauge("testbed_gone", Map.of());
        var spoilt = testbed.exporter().gauge("testbed_spoilt", Map.of());
        gone.set(1);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> testbed.prometheus().query("testbed_gone").size() == 1);

        gone.drop();
        spoilt.set(Double.NaN);

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(testbed.prometheus().query("testbed_gone")).isEmpty();
            assertThat(testbed.prometheus().query("testbed_spoilt"))
                    .extracting(PrometheusServer.Sample::value)
                    .containsExactly(Double.NaN);
        });
    }

    @Test
    void prometheusCanBeStoppedAndStartedOnTheSamePort() {
        testbed.exporter()
                .counter("http_requests_total", Map.of("job", "payment-api", "status", "500"))
                .rate(20);
        testbed.prometheus().stop();
        assertThatThrownBy(() -> testbed.prometheus().query("up")).hasMessageContaining("does not answer");

        testbed.prometheus().start();

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(testbed.prometheus()
                                .query("sum(rate(http_requests_total{job=\"payment-api\",status=~\"5..\"}[5s]))"))
                        .singleElement()
                        .satisfies(sample -> assertThat(sample.value()).isCloseTo(20, within(0.5))));
        assertThat(testbed.prometheus().query("up{job=\"payment-api\"}"))
                .extracting(PrometheusServer.Sample::value)
                .containsExactly(1.0);
    }

    @Test
    void theOperatorsIdentityHasNoRightsButThoseThatRolesGiveIt() {
        var from = Instant.now();
        var pods = testbed.client(User.OPERATOR).pods().inAnyNamespace();
        assertThatThrownBy(pods::list)
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("system:serviceaccount:waterline-system:waterline-operator");

        try (var records = testbed.audit().records()) {
            assertThat(records.filter(record -> record.received().isAfter(from))
                            .filter(record -> record.user().endsWith(":waterline-operator"))
                            .toList())
                    .extracting(AuditRecord::verb, AuditRecord::resource, AuditRecord::code)
                    .containsExactly(tuple("list", "pods", 403));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "admin,waterline-testbed-admin,default",
        "operator,system:serviceaccount:waterline-system:waterline-operator,waterline-system",
        "scheduler,system:kube-scheduler,kube-system"
    })
    void kubectlWorksWithTheKubeconfigOfEachUser(String user, String username, String namespace) {
        var log = testbed.logs().resolve("kubectl-" + user + ".log");
        var kubectl = SupervisedProcess.start(new SupervisedProcess.Launch(
                "kubectl",
                List.of(
                        testbed.tool(Tool.KUBECTL).toString(),
                        "--kubeconfig=" + testbed.kubeconfig(user),
                        "auth",
                        "whoami",
                        "--output=jsonpath={.status.userInfo.username}"),
                Map.of(),
                testbed.directory(),
                log));
        assertThat(kubectl.waitFor(Duration.ofSeconds(60))).isTrue();
        assertThat(LogTail.of(log, 5)).isEqualTo(username);
        assertThat(testbed.kubeconfig(user)).content().contains("namespace: " + namespace);
    }

    private static Pod pod(String namespace, String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .addToNodeSelector("pool", namespace)
                .addNewContainer()
                .withName("main")
                .withImage("example.invalid/nothing")
                .endContainer()
                .endSpec()
                .build();
    }
}
