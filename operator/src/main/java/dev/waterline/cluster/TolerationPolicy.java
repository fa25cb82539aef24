package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * The MutatingAdmissionPolicy that gives every new pod a toleration for each floor that its priority reaches. The API server
 * evaluates it in-process, so it has no outage of its own.
 */
final class TolerationPolicy implements TolerationMechanism {
    static final String NAME = "waterline-tolerations";

    private static final String API = "/apis/admissionregistration.k8s.io/v1/";

    private final KubernetesClient client;
    private final PreconditionedWrites policyWrites;
    private final PreconditionedWrites bindingWrites;
    private final String taintKey;

    TolerationPolicy(KubernetesClient client, String taintKey) {
        this.client = client;
        this.policyWrites = new PreconditionedWrites(client, API + "mutatingadmissionpolicies");
        this.bindingWrites = new PreconditionedWrites(client, API + "mutatingadmissionpolicybindings");
        this.taintKey = taintKey;
    }

    @Override
    public void ensure(SortedSet<Integer> floors) {
        var policy = Optional.ofNullable(client.admissionRegistration()
                .v1()
                .mutatingAdmissionPolicies()
                .withName(NAME)
                .get());
        var binding = Optional.ofNullable(client.admissionRegistration()
                .v1()
                .mutatingAdmissionPolicyBindings()
                .withName(NAME)
                .get());
        if (floors.isEmpty()) {
            binding.ifPresent(bindingWrites::delete);
            policy.ifPresent(policyWrites::delete);
            return;
        }
        var wanted = policy(floors);
        if (policy.isEmpty()) {
            policyWrites.create(wanted);
        } else if (!expression(policy.get()).equals(expression(wanted))) {
            policyWrites.replace(new MutatingAdmissionPolicyBuilder(policy.get())
                    .withSpec(wanted.getSpec())
                    .build());
        }
        if (binding.isEmpty()) {
            bindingWrites.create(new MutatingAdmissionPolicyBindingBuilder()
                    .withNewMetadata()
                    .withName(NAME)
                    .endMetadata()
                    .withNewSpec()
                    .withPolicyName(NAME)
                    .endSpec()
                    .build());
        }
    }

    @Override
    public String description() {
        return "MutatingAdmissionPolicy " + NAME + "; is there another of our name, or is its binding gone?";
    }

    private static String expression(MutatingAdmissionPolicy policy) {
        return policy.getSpec().getMutations().stream()
                .map(mutation -> mutation.getJsonPatch() == null
                        ? ""
                        : mutation.getJsonPatch().getExpression())
                .collect(Collectors.joining("\n"));
    }

    private MutatingAdmissionPolicy policy(SortedSet<Integer> floors) {
        return new MutatingAdmissionPolicyBuilder()
                .withNewMetadata()
                .withName(NAME)
                .endMetadata()
                .withNewSpec()
                .withNewMatchConstraints()
                .addNewResourceRule()
                .withApiGroups("")
                .withApiVersions("v1")
                .withOperations("CREATE")
                .withResources("pods")
                .endResourceRule()
                .endMatchConstraints()
                .addNewMatchCondition()
                .withName("reaches-a-floor")
                .withExpression("has(object.spec.priority) && object.spec.priority >= " + floors.first())
                .endMatchCondition()
                .addNewMutation()
                .withPatchType("JSONPatch")
                .withNewJsonPatch(patch(floors))
                .endMutation()
                // A pod that the policy could not treat is found by the backfill; to refuse it would do more harm.
                .withFailurePolicy("Ignore")
                .withReinvocationPolicy("IfNeeded")
                .endSpec()
                .build();
    }

    private String patch(SortedSet<Integer> floors) {
        var list = floors.stream().map(String::valueOf).collect(Collectors.joining(", "));
        var toleration = """
                Object.spec.tolerations{key: "%s", operator: "Equal", value: string(f), effect: "NoSchedule"}""".formatted(taintKey);
        return """
                has(object.spec.tolerations)
                  ? [%1$s].filter(f, object.spec.priority >= f && !object.spec.tolerations.exists(t,
                        has(t.key) && t.key == "%2$s" && has(t.value) && t.value == string(f)))
                      .map(f, JSONPatch{op: "add", path: "/spec/tolerations/-", value: %3$s})
                  : [JSONPatch{op: "add", path: "/spec/tolerations", value:
                        [%1$s].filter(f, object.spec.priority >= f).map(f, %3$s)}]""".formatted(list, taintKey, toleration);
    }
}
