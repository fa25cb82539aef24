package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.testbed.OperatorInstallation;
import dev.waterline.testbed.Part;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.TestbedOptions;
import dev.waterline.testbed.User;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What must hold on every supported API server that has no MutatingAdmissionPolicy v1. Nothing runs but the API server: the
 * other programs of the testbed are of its own release, and nothing here needs them.
 */
abstract class OlderKubernetes {
    private static final Duration SOON = Duration.ofSeconds(60);

    static TestbedOptions apiServerOnly() {
        return TestbedOptions.standard().without(Part.CONTROLLER_MANAGER, Part.SCHEDULER, Part.KWOK);
    }

    /** The release that the API server is, or plays, such as {@code 34}. */
    abstract String minor();

    @Test
    void protectedPodsTolerateByWebhookAndTheGuardDeniesTheOthers(Testbed testbed) {
        var client = testbed.client();
        assertThat(client.raw("/version")).containsPattern("\"emulationMinor\": ?\"" + minor() + "\"");
        assertThat(client.getApiResources("admissionregistration.k8s.io/v1").getResources())
                .noneMatch(resource -> resource.getName().equals("mutatingadmissionpolicies"));
        TestPods.createClasses(client);
        new OperatorInstallation(client, testbed::tool).install();
        TestPods.createAccount(client, "default");
        TestPods.createAccount(client, OperatorInstallation.NAMESPACE);
        var early = TestPods.unscheduled(client, "early", TestPods.CRITICAL);
        testbed.startOperator(new OperatorInstallation(client, testbed::tool)
                .launch(testbed.kubeconfig(User.OPERATOR), testbed.prometheus().uri())
                .withReadyWithin(SOON));
        var pool = pool(testbed);
        pool.waterline("");
        await().atMost(SOON).until(() -> pool.condition("Enforced").equals("True/Acknowledged"));

        var critical = TestPods.unscheduled(client, "critical", TestPods.CRITICAL);
        assertThat(tolerations(critical.getSpec().getTolerations())).containsExactly("1000");
        await().atMost(SOON)
                .until(() -> tolerations(client.resource(early).get().getSpec().getTolerations())
                        .contains("1000"));
        var low = TestPods.unscheduled(client, "low", TestPods.LOW);
        assertThat(tolerations(low.getSpec().getTolerations())).isEmpty();

        pool.heat("old-0", 0.95);
        await().atMost(SOON).until(() -> pool.floor("old-0").isPresent() && pool.isGuarded("old-0"));
        assertThat(TestPods.bind(client, low, "old-0")).contains("denied the request");
        assertThat(TestPods.bind(client, critical, "old-0")).isEmpty();

        pool.heat("old-0", 0.2);
        await().atMost(SOON).until(() -> pool.floor("old-0").isEmpty());
        client.resource(pool.current()).delete();
        await().atMost(SOON)
                .until(() -> client.admissionRegistration()
                                .v1()
                                .mutatingWebhookConfigurations()
                                .withName("waterline-tolerations")
                                .get()
                        == null);
    }

    /** Nobody plays the kubelet, and nothing here needs one. */
    private static Pool pool(Testbed testbed) {
        testbed.client()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName("old-0")
                        .addToLabels("pool", "old")
                        .endMetadata()
                        .build())
                .create();
        testbed.exporter().node("old-0").utilisation(0.3);
        return new Pool(testbed, "old", List.of("old-0"));
    }

    private static List<String> tolerations(List<Toleration> tolerations) {
        return tolerations.stream()
                .filter(toleration -> Pool.TAINT.equals(toleration.getKey()))
                .map(Toleration::getValue)
                .toList();
    }
}
