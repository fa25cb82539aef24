package dev.waterline.e2e;

import static dev.waterline.e2e.Policies.add;
import static dev.waterline.e2e.Policies.node;
import static dev.waterline.e2e.Policies.patched;
import static dev.waterline.e2e.Policies.patchedPod;
import static dev.waterline.e2e.Policies.refusal;
import static dev.waterline.e2e.Policies.resizedPod;
import static dev.waterline.e2e.Policies.toleration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.testbed.OperatorInstallation;
import dev.waterline.testbed.Part;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.User;
import dev.waterline.testbed.junit.WithTestbed;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart's policies leave the operator's account, which the test plays, with the chart's rights. No operator runs. */
@WithTestbed(
        group = "policies",
        without = {Part.CONTROLLER_MANAGER, Part.SCHEDULER, Part.KWOK, Part.PROMETHEUS})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorLimitsIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String TO_600M =
            "{'op':'replace','path':'/spec/containers/0/resources/limits/cpu','value':'600m'}";

    @BeforeAll
    void install(Testbed testbed) {
        TestPods.createClasses(testbed.client());
        new OperatorInstallation(testbed.client(), testbed::tool).install();
        TestPods.createAccount(testbed.client(), "default");
        TestPods.createAccount(testbed.client(), OperatorInstallation.NAMESPACE);
        // A policy is in force a moment after it has been stored. Until then a try succeeds, so the next must change
        // something.
        node(testbed, "limited");
        var tries = new AtomicInteger();
        await().atMost(SOON)
                .until(() -> !patched(
                                testbed.client(User.OPERATOR),
                                "limited",
                                add("/metadata/labels/x", "\"" + tries.incrementAndGet() + "\""))
                        .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'add','path':'/metadata/labels/pool','value':'mine'}",
                "{'op':'add','path':'/metadata/annotations/example.org~1a','value':'b'}",
                "{'op':'add','path':'/spec/unschedulable','value':true}",
                "{'op':'add','path':'/spec/taints/-','value':{'key':'gpu','effect':'NoSchedule'}}",
                "{'op':'remove','path':'/spec/taints/0'}",
                "{'op':'add','path':'/metadata/finalizers','value':['example.org/x']}"
            })
    void theOperatorChangesNothingOfANodeButItsTaintAndAnnotations(String operation, Testbed testbed) {
        node(testbed, "foreign");
        assertThat(patched(testbed.client(), "foreign", add("/metadata/annotations", "{'example.org/theirs':'kept'}")))
                .isEmpty();
        assertThat(patched(
                        testbed.client(), "foreign", add("/spec/taints", "[{'key':'theirs','effect':'NoSchedule'}]")))
                .isEmpty();

        assertThat(patched(testbed.client(User.OPERATOR), "foreign", operation)).contains("the operator may");
        assertThat(patched(
                        testbed.client(User.OPERATOR),
                        "foreign",
                        add("/metadata/annotations/waterline.dev~1freeze", "'why'") + ","
                                + add(
                                        "/spec/taints/-",
                                        "{'key':'" + Pool.TAINT + "','value':'7','effect':'NoSchedule'}")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'replace','path':'/spec/containers/0/image','value':'example.org/other'}",
                "{'op':'add','path':'/spec/activeDeadlineSeconds','value':1}",
                "{'op':'add','path':'/metadata/labels','value':{'a':'b'}}",
                "{'op':'add','path':'/spec/tolerations/-','value':{'key':'theirs','operator':'Exists'}}"
            })
    void theOperatorChangesNothingOfAPodButItsTolerationsAndAnnotations(String operation, Testbed testbed) {
        var client = testbed.client();
        client.pods().inNamespace("default").withName("theirs").delete();
        await().atMost(SOON)
                .until(() ->
                        client.pods().inNamespace("default").withName("theirs").get() == null);
        client.resource(TestPods.pod("theirs", TestPods.CRITICAL).build()).create();
        var operator = testbed.client(User.OPERATOR);

        assertThat(patchedPod(operator, "theirs", operation)).contains("the operator may");
        assertThat(patchedPod(operator, "theirs", toleration("1000"))).isEmpty();
        assertThat(patchedPod(operator, "theirs", add("/metadata/annotations", "{'waterline.dev/x':'y'}")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'replace','path':'/spec/containers/0/resources/limits/memory','value':'256Mi'}",
                "{'op':'replace','path':'/spec/containers/0/resources/requests/cpu','value':'100m'}",
                "{'op':'add','path':'/spec/containers/1/resources/limits','value':{'cpu':'1'}}"
            })
    void theOperatorChangesNothingOfAPodsResourcesButCpuLimits(String operation, Testbed testbed) {
        var operator = testbed.client(User.OPERATOR);
        limited(testbed, "sized");
        assertThat(patchedPod(operator, "sized", add("/metadata/annotations", "{'waterline.dev/throttled':'a note'}")))
                .isEmpty();

        assertThat(resizedPod(operator, "sized", operation)).contains("the operator may change nothing of a pod's res");
        assertThat(resizedPod(operator, "sized", TO_600M)).isEmpty();
        assertThat(LimitedPods.cpuLimit(testbed.client(), "sized")).isEqualTo("600m");
    }

    @Test
    void theOperatorResizesNoPodBeforeItHasNotedItsLimits(Testbed testbed) {
        limited(testbed, "unnoted");

        assertThat(resizedPod(testbed.client(User.OPERATOR), "unnoted", TO_600M))
                .contains("has not noted in waterline.dev/throttled");
        assertThat(resizedPod(testbed.client(), "unnoted", TO_600M))
                .as("others may resize what they want")
                .isEmpty();
    }

    /** A fresh pod: the first container has limits, the second has none. */
    private static void limited(Testbed testbed, String name) {
        var pods = testbed.client().pods().inNamespace("default");
        pods.withName(name).delete();
        await().atMost(SOON).until(() -> pods.withName(name).get() == null);
        testbed.client()
                .resource(LimitedPods.limited(name, TestPods.LOW, "1500m")
                        .editSpec()
                        .addNewContainer()
                        .withName("second")
                        .withImage("example.org/none")
                        .withNewResources()
                        .addToRequests("cpu", new Quantity("1"))
                        .endResources()
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    @Test
    void theOperatorCreatesPodsAndBindingsInDryRunsOnly(Testbed testbed) {
        var pod = TestPods.pod("miner", TestPods.LOW)
                .editMetadata()
                .withNamespace(OperatorInstallation.NAMESPACE)
                .endMetadata()
                .build();
        var pods = testbed.client(User.OPERATOR).pods().inNamespace(OperatorInstallation.NAMESPACE);

        assertThat(refusal(() -> pods.resource(pod).create())).contains("in dry runs only");
        assertThat(refusal(() -> pods.resource(pod).dryRun(true).create())).isEmpty();
    }
}
