package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * The MutatingAdmissionPolicy that gives every new pod a toleration for each floor that its priority reaches. The API server
 * evaluates it in-process, so it has no outage of its own.
 */
final class TolerationPolicy {
    static final String NAME = "waterline-tolerations";

    private final KubernetesClient client;
    private final String taintKey;

    TolerationPolicy(KubernetesClient client, String taintKey) {
        this.client = client;
        this.taintKey = taintKey;
    }

    /**
     * Makes the cluster's policy name exactly these floors.
     *
     * @return whether anything had to be written
     */
    boolean ensure(SortedSet<Integer> floors) {
        var policies = client.admissionRegistration().v1().mutatingAdmissionPolicies();
        var bindings = client.admissionRegistration().v1().mutatingAdmissionPolicyBindings();
        var policy = policies.withName(NAME).get();
        var binding = bindings.withName(NAME).get();
        if (floors.isEmpty()) {
            if (binding != null) {
                bindings.withName(NAME).delete();
            }
            if (policy != null) {
                policies.withName(NAME).delete();
            }
            return policy != null || binding != null;
        }
        var wanted = policy(floors);
        boolean changed = false;
        if (policy == null) {
            policies.resource(wanted).create();
            changed = true;
        } else if (!expression(policy).equals(expression(wanted))) {
            policies.resource(new MutatingAdmissionPolicyBuilder(policy)
                            .withSpec(wanted.getSpec())
                            .build())
                    .update();
            changed = true;
        }
        if (binding == null) {
            bindings.resource(new MutatingAdmissionPolicyBindingBuilder()
                            .withNewMetadata()
                            .withName(NAME)
                            .endMetadata()
                            .withNewSpec()
                            .withPolicyName(NAME)
                            .endSpec()
                            .build())
                    .create();
            changed = true;
        }
        return changed;
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
