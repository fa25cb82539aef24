package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.User;
import dev.waterline.testbed.junit.Alone;
import dev.waterline.testbed.junit.WithTestbed;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Pods that are created with a node's name pass by scheduler and Binding, and are judged all the same. */
@Alone
@WithTestbed(apiServers = 2, group = "node-names")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeNameIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int PODS = 300;
    private static final String FROZEN = "named-0";
    private static final String OTHER_FROZEN = "named-1";
    private static final String COOL = "named-2";

    @BeforeAll
    void freezeTwoOfThreeNodes(Testbed testbed) {
        TestPods.createClasses(testbed.client());
        InstalledOperator.in(testbed);
        var pool = Pool.of(testbed, "named", 3);
        pool.waterline("");
        await().atMost(SOON).until(() -> pool.condition("Enforced").equals("True/Acknowledged"));
        pool.heat(FROZEN, 0.9);
        pool.heat(OTHER_FROZEN, 0.9);
        await().atMost(SOON)
                .until(() -> pool.floor(FROZEN).isPresent()
                        && pool.floor(OTHER_FROZEN).isPresent());
    }

    @Test
    void onAFrozenNodeLowPodsAreAllDeniedAndCriticalOnesAreNot(Testbed testbed) {
        var denied = new AtomicInteger();
        AtOnce.run(PODS, i -> {
            var low = pod("named-low-" + i, TestPods.LOW, i % 2 == 0 ? FROZEN : OTHER_FROZEN);
            assertThatThrownBy(() ->
                            testbed.client(User.ADMIN, i % 2).resource(low).create())
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("is frozen for priorities below 1000")
                    .hasMessageContaining("leave spec.nodeName out");
            denied.incrementAndGet();
            if (i % 10 == 0) {
                testbed.client(User.ADMIN, i % 2)
                        .resource(pod("named-critical-" + i, TestPods.CRITICAL, FROZEN))
                        .create();
            }
        });
        System.out.printf("Pods created with nodeName on frozen nodes: %d denied, 0 leaked%n", denied.get());
        assertThat(denied).hasValue(PODS);
    }

    @Test
    void onANodeThatIsNotFrozenAnybodyMayBeCreated(Testbed testbed) {
        assertThatCode(() -> testbed.client()
                        .resource(pod("named-cool", TestPods.LOW, COOL))
                        .create())
                .doesNotThrowAnyException();
    }

    @Test
    void aDaemonSetsPodIsCreatedOnAFrozenNode(Testbed testbed) {
        var daemonSet = testbed.client().resource(daemonSet()).create();
        var pod = editable("named-daemon", FROZEN)
                .editMetadata()
                .addNewOwnerReference()
                .withApiVersion("apps/v1")
                .withKind("DaemonSet")
                .withName(daemonSet.getMetadata().getName())
                .withUid(daemonSet.getMetadata().getUid())
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .build();

        assertThatCode(() -> testbed.client().resource(pod).create()).doesNotThrowAnyException();
    }

    @Test
    void theMirrorOfAStaticPodIsCreatedOnAFrozenNode(Testbed testbed) {
        var pod = editable("named-mirror", FROZEN)
                .editMetadata()
                .addToAnnotations("kubernetes.io/config.mirror", "hash")
                .endMetadata()
                .build();

        assertThatCode(() -> testbed.client().resource(pod).create()).doesNotThrowAnyException();
    }

    @Test
    void aPodWhoseVolumeIsOnTheFrozenNodeIsCreatedThereAndNowhereElse(Testbed testbed) {
        var client = testbed.client();
        client.resource(volume()).create();
        client.resource(claim()).create();
        await().atMost(SOON)
                .until(() -> "Bound"
                        .equals(client.persistentVolumeClaims()
                                .inNamespace("default")
                                .withName("named-data")
                                .get()
                                .getStatus()
                                .getPhase()));

        assertThatThrownBy(() -> client.resource(withClaim("named-elsewhere", OTHER_FROZEN))
                        .create())
                .hasMessageContaining("is frozen for priorities below 1000");
        assertThatCode(() -> client.resource(withClaim("named-pinned", FROZEN)).create())
                .doesNotThrowAnyException();
    }

    @Test
    void aPodOfTheOperatorsNamespaceIsCreatedOnAFrozenNode(Testbed testbed) {
        var pod = editable("named-own", FROZEN)
                .editMetadata()
                .withNamespace(User.OPERATOR_NAMESPACE)
                .endMetadata()
                .build();

        assertThatCode(() -> testbed.client().resource(pod).create()).doesNotThrowAnyException();
    }

    private static Pod pod(String name, String priorityClass, String node) {
        return TestPods.pod(name, priorityClass)
                .editSpec()
                .withNodeName(node)
                .endSpec()
                .build();
    }

    private static PodBuilder editable(String name, String node) {
        return new PodBuilder(pod(name, TestPods.LOW, node));
    }

    private static Pod withClaim(String name, String node) {
        return editable(name, node)
                .editSpec()
                .addNewVolume()
                .withName("data")
                .withNewPersistentVolumeClaim("named-data", false)
                .endVolume()
                .endSpec()
                .build();
    }

    private static PersistentVolume volume() {
        return new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName("named-volume")
                .endMetadata()
                .withNewSpec()
                .withCapacity(Map.of("storage", new Quantity("1Gi")))
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName("named-local")
                .withNewLocal("ext4", "/data")
                .withNewNodeAffinity()
                .withNewRequired()
                .addNewNodeSelectorTerm()
                .addNewMatchExpression()
                .withKey("kubernetes.io/hostname")
                .withOperator("In")
                .withValues(FROZEN)
                .endMatchExpression()
                .endNodeSelectorTerm()
                .endRequired()
                .endNodeAffinity()
                .endSpec()
                .build();
    }

    private static PersistentVolumeClaim claim() {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName("named-data")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName("named-local")
                .withVolumeName("named-volume")
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity("1Gi")))
                .endResources()
                .endSpec()
                .build();
    }

    /** It wants to run nowhere; what is looked at is a pod that says it is its own. */
    private static DaemonSet daemonSet() {
        return new DaemonSetBuilder()
                .withNewMetadata()
                .withName("named-daemon")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels("app", "named-daemon")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "named-daemon")
                .endMetadata()
                .withNewSpec()
                .addToNodeSelector("nowhere", "true")
                .addNewContainer()
                .withName("main")
                .withImage("example.org/none")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
