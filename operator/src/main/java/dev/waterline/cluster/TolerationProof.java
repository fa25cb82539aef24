package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/** Shows by a dry-run create that a pod of sufficient priority comes out with the toleration for a floor. */
final class TolerationProof {
    /** Its value is above every floor, and every cluster has it. */
    private static final String HIGHEST_CLASS = "system-cluster-critical";

    /** What the name of the pod that is never created begins with. */
    static final String POD = "waterline-probe-";

    private final KubernetesClient client;
    private final PriorityClasses classes;
    private final String namespace;
    private final String taintKey;

    TolerationProof(KubernetesClient client, PriorityClasses classes, String namespace, String taintKey) {
        this.client = client;
        this.classes = classes;
        this.namespace = namespace;
        this.taintKey = taintKey;
    }

    boolean isTolerated(int floor) {
        var priorityClass = classes.lowestReaching(floor).orElse(HIGHEST_CLASS);
        var created = client.pods()
                .inNamespace(namespace)
                .resource(probe(priorityClass))
                .dryRun(true)
                .create();
        return PodSummary.of(created, taintKey).tolerates(floor);
    }

    /** Meets the restricted Pod security standard and any quota that asks for requests and limits. */
    private Pod probe(String priorityClass) {
        var little = Map.of("cpu", new Quantity("1m"), "memory", new Quantity("1Mi"));
        return new PodBuilder()
                .withNewMetadata()
                .withGenerateName(POD)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withPriorityClassName(priorityClass)
                .withAutomountServiceAccountToken(false)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName("probe")
                .withImage("waterline.dev/never-pulled:dry-run")
                .withNewResources()
                .withRequests(little)
                .withLimits(little)
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
    }
}
