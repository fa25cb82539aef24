package dev.waterline.e2e;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Pods of two priorities, and Bindings made by the test itself. */
final class TestPods {
    static final String LOW = "batch-low";
    static final String CRITICAL = "banking-critical";

    private TestPods() {}

    static void createClasses(KubernetesClient client) {
        createClass(client, LOW, 100);
        createClass(client, CRITICAL, 100_000);
    }

    static void createClass(KubernetesClient client, String name, int value) {
        client.resource(new PriorityClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withValue(value)
                        .build())
                .serverSideApply();
    }

    /** The account that every pod of a namespace needs, where no controller manager makes it. */
    static void createAccount(KubernetesClient client, String namespace) {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("default")
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    /** A pod that no scheduler looks at, so that the test itself can bind it. */
    static Pod unscheduled(KubernetesClient client, String name, String priorityClass) {
        return client.resource(pod(name, priorityClass)
                        .editSpec()
                        .withSchedulerName("nobody")
                        .endSpec()
                        .build())
                .create();
    }

    static PodBuilder pod(String name, String priorityClass) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withPriorityClassName(priorityClass)
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName("main")
                .withImage("example.org/none")
                .endContainer()
                .endSpec();
    }

    /** Empty if the API server took it, else what it said. */
    static String bind(KubernetesClient client, Pod pod, String node) {
        var binding = new BindingBuilder()
                .withNewMetadata()
                .withName(pod.getMetadata().getName())
                .withNamespace(pod.getMetadata().getNamespace())
                .withUid(pod.getMetadata().getUid())
                .endMetadata()
                .withNewTarget()
                .withKind("Node")
                .withName(node)
                .endTarget()
                .build();
        try {
            client.raw(
                    "/api/v1/namespaces/%s/pods/%s/binding"
                            .formatted(
                                    pod.getMetadata().getNamespace(),
                                    pod.getMetadata().getName()),
                    "POST",
                    binding);
            return "";
        } catch (KubernetesClientException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
