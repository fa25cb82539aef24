package dev.waterline.e2e;

import static org.awaitility.Awaitility.await;

import dev.waterline.cluster.KubernetesReliefPods;
import dev.waterline.cluster.NodeIndex;
import dev.waterline.cluster.PodIndex;
import dev.waterline.decision.relief.ThrottleWant;
import dev.waterline.relief.ReliefPods;
import dev.waterline.relief.Throttling;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.User;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Pods with CPU limits on a node of the test's choice. kwok says that they run, and not what a kubelet says of their resources,
 * without which the API server takes the node for one that cannot resize; so the test says it.
 */
final class LimitedPods {
    private static final Duration RUNNING_WITHIN = Duration.ofSeconds(30);
    private static final String NAMESPACE = "default";

    private LimitedPods() {}

    static Pod running(KubernetesClient client, String name, String priorityClass, String node, String cpuLimit) {
        client.resource(limited(name, priorityClass, cpuLimit)
                        .editSpec()
                        .withNodeName(node)
                        .endSpec()
                        .build())
                .create();
        await().atMost(RUNNING_WITHIN)
                .until(() -> pod(client, name).getStatus().getPhase().equals("Running"));
        client.pods().inNamespace(NAMESPACE).withName(name).editStatus(pod -> {
            for (var status : pod.getStatus().getContainerStatuses()) {
                pod.getSpec().getContainers().stream()
                        .filter(container -> container.getName().equals(status.getName()))
                        .map(Container::getResources)
                        .forEach(status::setResources);
            }
            return pod;
        });
        return pod(client, name);
    }

    /** To be bound, or not. */
    static PodBuilder limited(String name, String priorityClass, String cpuLimit) {
        return TestPods.pod(name, priorityClass)
                .editSpec()
                .editFirstContainer()
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity("250m"), "memory", new Quantity("64Mi")))
                .withLimits(Map.of("cpu", new Quantity(cpuLimit), "memory", new Quantity("128Mi")))
                .endResources()
                .endContainer()
                .endSpec();
    }

    /** As an operator that has died since would have left it: 30 % of its limit. */
    static void throttle(Testbed testbed, String name) {
        var pods = asOperator(testbed);
        new Throttling(pods, InstantSource.system())
                .bring(
                        pods.live(NAMESPACE, name).orElseThrow(),
                        Optional.of(new ThrottleWant("some-uid", "standard", 30)));
    }

    /** Pods with the operator's rights, and without its caches. */
    static ReliefPods asOperator(Testbed testbed) {
        var client = testbed.client(User.OPERATOR);
        return new KubernetesReliefPods(client, new PodIndex(client, Pool.TAINT), new NodeIndex(client, Pool.TAINT));
    }

    static Pod pod(KubernetesClient client, String name) {
        return client.pods().inNamespace(NAMESPACE).withName(name).require();
    }

    static String cpuLimit(KubernetesClient client, String name) {
        return Objects.requireNonNull(pod(client, name)
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getResources()
                        .getLimits()
                        .get("cpu"))
                .toString();
    }

    static Optional<String> note(KubernetesClient client, String name) {
        return Optional.ofNullable(pod(client, name).getMetadata().getAnnotations())
                .map(annotations -> annotations.get("waterline.dev/throttled"));
    }
}
