package dev.waterline.e2e;

import dev.waterline.testbed.Testbed;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** Writes that the chart's admission policies judge, and what an admin in an emergency does to a policy. */
final class Policies {
    private Policies() {}

    /** Does something while a policy's binding is deleted. The API server takes notice a moment later. */
    static void lifted(KubernetesClient client, String policy, Runnable meanwhile) {
        var bindings = client.admissionRegistration().v1().validatingAdmissionPolicyBindings();
        var binding = bindings.withName(policy).require();
        bindings.withName(policy).delete();
        try {
            meanwhile.run();
        } finally {
            bindings.resource(new ValidatingAdmissionPolicyBindingBuilder(binding)
                            .withNewMetadata()
                            .withName(policy)
                            .withLabels(binding.getMetadata().getLabels())
                            .endMetadata()
                            .build())
                    .create();
        }
    }

    static void node(Testbed testbed, String name) {
        testbed.client()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("kubernetes.io/hostname", name)
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .build())
                .forceConflicts()
                .fieldManager("test")
                .serverSideApply();
    }

    static String add(String path, String value) {
        return "{'op':'add','path':'" + path + "','value':" + value + "}";
    }

    static String toleration(String value) {
        return add(
                "/spec/tolerations/-",
                "{'key':'" + Pool.TAINT + "','operator':'Equal','value':'" + value + "','effect':'NoSchedule'}");
    }

    /** Kubernetes itself taints a node that is not ready, or does not. */
    static String taint(KubernetesClient client, String node, String value) {
        var ours = "{'key':'" + Pool.TAINT + "','value':'" + value + "','effect':'NoSchedule'}";
        boolean bare =
                client.nodes().withName(node).require().getSpec().getTaints().isEmpty();
        return patched(client, node, bare ? add("/spec/taints", "[" + ours + "]") : add("/spec/taints/-", ours));
    }

    static String patched(KubernetesClient client, String node, String operations) {
        return refusal(() -> client.nodes()
                .withName(node)
                .patch(PatchContext.of(PatchType.JSON), "[" + operations.replace('\'', '"') + "]"));
    }

    static String patchedPod(KubernetesClient client, String pod, String operations) {
        return refusal(() -> client.pods()
                .inNamespace("default")
                .withName(pod)
                .patch(PatchContext.of(PatchType.JSON), "[" + operations.replace('\'', '"') + "]"));
    }

    static String resizedPod(KubernetesClient client, String pod, String operations) {
        return refusal(() -> client.pods()
                .inNamespace("default")
                .withName(pod)
                .subresource("resize")
                .patch(PatchContext.of(PatchType.JSON), "[" + operations.replace('\'', '"') + "]"));
    }

    /** Empty if the API server took it, else what it said. */
    static String refusal(Runnable write) {
        try {
            write.run();
            return "";
        } catch (KubernetesClientException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
