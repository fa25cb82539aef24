package dev.waterline.e2e;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The chart's admission policies, as an admin in an emergency handles them. */
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
}
