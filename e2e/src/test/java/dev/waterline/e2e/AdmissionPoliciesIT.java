package dev.waterline.e2e;

import static dev.waterline.e2e.Policies.add;
import static dev.waterline.e2e.Policies.node;
import static dev.waterline.e2e.Policies.patched;
import static dev.waterline.e2e.Policies.patchedPod;
import static dev.waterline.e2e.Policies.refusal;
import static dev.waterline.e2e.Policies.taint;
import static dev.waterline.e2e.Policies.toleration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.testbed.OperatorInstallation;
import dev.waterline.testbed.Part;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.User;
import dev.waterline.testbed.junit.WithTestbed;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart's policies at a real API server. No operator runs: its account is played by the test, with the chart's rights. */
@WithTestbed(
        group = "policies",
        without = {Part.CONTROLLER_MANAGER, Part.SCHEDULER, Part.KWOK, Part.PROMETHEUS})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdmissionPoliciesIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Taint OURS = new Taint("NoSchedule", Pool.TAINT, null, "1000");

    @BeforeAll
    void install(Testbed testbed) {
        TestPods.createClasses(testbed.client());
        new OperatorInstallation(testbed.client(), testbed::tool).install();
        TestPods.createAccount(testbed.client(), "default");
        TestPods.createAccount(testbed.client(), OperatorInstallation.NAMESPACE);
        // A policy is in force a moment after it has been stored.
        node(testbed, "first");
        await().atMost(SOON)
                .until(() -> !taint(testbed.client(), "first", "1000").isEmpty());
        await().atMost(SOON)
                .until(() -> !created(testbed, tolerating("probe", TestPods.LOW, "Exists", null))
                        .isEmpty());
        await().atMost(SOON)
                .until(() -> !patched(testbed.client(User.OPERATOR), "first", add("/metadata/labels/x", "\"y\""))
                        .isEmpty());
    }

    @Test
    void nobodyButTheOperatorAddsOrChangesTheTaintAndEverybodyMayRemoveIt(Testbed testbed) {
        node(testbed, "tainted");

        assertThat(taint(testbed.client(), "tainted", "1000"))
                .contains("only Waterline adds or changes the taint")
                .contains("kubectl cordon");
        assertThat(taint(testbed.client(User.OPERATOR), "tainted", "1000")).isEmpty();
        assertThat(onOurTaint(testbed, "tainted", "{'op':'replace','path':'/spec/taints/%d/value','value':'5'}"))
                .contains("only Waterline");
        assertThat(onOurTaint(testbed, "tainted", "{'op':'remove','path':'/spec/taints/%d'}"))
                .isEmpty();
    }

    @Test
    void aNodeThatIsMadeWithTheTaintIsRefused(Testbed testbed) {
        assertThat(refusal(() -> testbed.client()
                        .resource(new NodeBuilder()
                                .withNewMetadata()
                                .withName("born-frozen")
                                .endMetadata()
                                .withNewSpec()
                                .withTaints(OURS)
                                .endSpec()
                                .build())
                        .create()))
                .contains("only Waterline");
    }

    @Test
    void otherWritersOfAFrozenNodeAreNotInTheWay(Testbed testbed) {
        node(testbed, "busy");
        assertThat(taint(testbed.client(User.OPERATOR), "busy", "1000")).isEmpty();

        assertThat(patched(testbed.client(), "busy", add("/spec/unschedulable", "true")))
                .isEmpty();
        assertThat(patched(testbed.client(), "busy", add("/metadata/labels/zone", "'a'")))
                .isEmpty();
        assertThat(patched(testbed.client(), "busy", add("/spec/taints/-", "{'key':'gpu','effect':'NoSchedule'}")))
                .isEmpty();
        assertThat(patched(testbed.client(), "busy", add("/spec/taints", "[{'key':'gpu','effect':'NoExecute'}]")))
                .as("a writer that drops all taints but its own")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "batch-low, Equal, 100, true",
        "batch-low, Equal, 1000, false",
        "batch-low, '', 1000, false",
        "batch-low, Equal, often, false",
        "batch-low, Exists, , false",
        "banking-critical, Equal, 100000, true",
        "banking-critical, Equal, 100001, false",
        "banking-critical, Exists, , false",
        "system-cluster-critical, Exists, , true"
    })
    void aPodBringsOnlyTolerationsThatItsPriorityReaches(
            String priorityClass, String operator, @Nullable String value, boolean allowed, Testbed testbed) {
        var said = created(testbed, tolerating("brings", priorityClass, operator, value));

        if (allowed) {
            assertThat(said).isEmpty();
        } else {
            assertThat(said).contains("may ").contains("leave the toleration out");
        }
    }

    @Test
    void aPodThatToleratesEveryTaintIsNotOurBusiness(Testbed testbed) {
        var everything = TestPods.pod("everything", TestPods.LOW)
                .editSpec()
                .addNewToleration()
                .withOperator("Exists")
                .endToleration()
                .endSpec()
                .build();

        assertThat(created(testbed, everything)).isEmpty();
    }

    @Test
    void onlyWhoRunsDaemonSetsMakesTheirPodsTolerateEveryFloor(Testbed testbed) {
        var pod = new PodBuilder(tolerating("of-a-daemon-set", TestPods.LOW, "Exists", null))
                .editMetadata()
                .addToOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion("apps/v1")
                        .withKind("DaemonSet")
                        .withName("agent")
                        .withUid("3a7c2f5e-0000-0000-0000-000000000000")
                        .withController(true)
                        .build())
                .endMetadata()
                .build();

        assertThat(created(testbed, pod))
                .as("an admin may write the status of DaemonSets")
                .isEmpty();
        assertThat(refusal(() -> testbed.client(User.OPERATOR)
                        .pods()
                        .inNamespace("default")
                        .resource(pod)
                        .dryRun(true)
                        .create()))
                .isNotEmpty();
    }

    @Test
    void aPodThatExistsGetsNoTolerationEitherButKeepsTheOneItHas(Testbed testbed) {
        var client = testbed.client();
        client.resource(tolerating("kept", TestPods.CRITICAL, "Equal", "1000")).create();

        assertThat(patchedPod(client, "kept", add("/metadata/labels", "{'a':'b'}")))
                .isEmpty();
        assertThat(patchedPod(client, "kept", toleration("100000"))).isEmpty();
        assertThat(patchedPod(client, "kept", toleration("100001"))).contains("leave the toleration out");
    }

    @Test
    void daemonSetsAreMadeToTolerateOnRequest(Testbed testbed) {
        new OperatorInstallation(testbed.client(), testbed::tool)
                .installAlso("waterline-daemonsets", "daemonSets.tolerate=true");

        await().atMost(SOON)
                .until(() -> tolerationsOf(testbed, daemonSet())
                        .equals(List.of(new Toleration("NoSchedule", Pool.TAINT, "Exists", null, null))));
        assertThat(tolerationsOf(testbed, daemonSet(new Toleration("NoExecute", "gpu", "Exists", null, null))))
                .extracting(Toleration::getKey)
                .containsExactly("gpu", Pool.TAINT);
        assertThat(tolerationsOf(testbed, daemonSet(new Toleration(null, null, "Exists", null, null))))
                .as("it tolerates everything already")
                .hasSize(1);
    }

    private static List<Toleration> tolerationsOf(Testbed testbed, DaemonSet daemonSet) {
        return testbed.client()
                .resource(daemonSet)
                .dryRun(true)
                .create()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getTolerations();
    }

    private static DaemonSet daemonSet(Toleration... tolerations) {
        return new DaemonSetBuilder()
                .withNewMetadata()
                .withName("agent")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels("app", "agent")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "agent")
                .endMetadata()
                .withSpec(TestPods.pod("any", "")
                        .editSpec()
                        .withTolerations(tolerations)
                        .endSpec()
                        .buildSpec())
                .endTemplate()
                .endSpec()
                .build();
    }

    @Test
    void anAdminWhoDeletesABindingIsFreeAtOnce(Testbed testbed) {
        node(testbed, "emergency");
        Policies.lifted(
                testbed.client(),
                "waterline-taint-rights",
                () -> await().atMost(SOON)
                        .until(() ->
                                taint(testbed.client(), "emergency", "1000").isEmpty()));
        // Another value each time: a write that changes nothing of the taint is allowed to everybody.
        var value = new AtomicInteger();
        await().atMost(SOON)
                .until(() -> !onOurTaint(
                                testbed,
                                "emergency",
                                "{'op':'replace','path':'/spec/taints/%d/value','value':'" + value.incrementAndGet()
                                        + "'}")
                        .isEmpty());
    }

    private static Pod tolerating(String name, String priorityClass, String operator, @Nullable String value) {
        return TestPods.pod(name, priorityClass)
                .editSpec()
                .withTolerations(new Toleration("NoSchedule", Pool.TAINT, operator, null, value))
                .endSpec()
                .build();
    }

    private static String created(Testbed testbed, Pod pod) {
        return refusal(() -> testbed.client()
                .pods()
                .inNamespace("default")
                .resource(pod)
                .dryRun(true)
                .create());
    }

    private static String onOurTaint(Testbed testbed, String node, String operation) {
        var taints = testbed.client().nodes().withName(node).require().getSpec().getTaints();
        int ours = taints.stream().map(Taint::getKey).toList().indexOf(Pool.TAINT);
        return patched(testbed.client(), node, operation.formatted(ours));
    }
}
