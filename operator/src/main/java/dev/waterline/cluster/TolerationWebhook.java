package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;

/**
 * The mutating webhook that stands in for the policy where the API server lacks it: Kubernetes 1.33 to 1.35. It is asked about
 * pods whose priority reaches a floor only, and may be ignored: what it misses is found by the backfill.
 */
final class TolerationWebhook implements TolerationMechanism {
    static final String NAME = "waterline-tolerations";

    private final KubernetesClient client;
    private final PreconditionedWrites writes;
    private final String ownNamespace;
    private final Function<String, WebhookClientConfig> endpoint;

    /** @param endpoint how the API server reaches a path, with the present CA bundle */
    TolerationWebhook(KubernetesClient client, String ownNamespace, Function<String, WebhookClientConfig> endpoint) {
        this.client = client;
        this.writes =
                new PreconditionedWrites(client, "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations");
        this.ownNamespace = ownNamespace;
        this.endpoint = endpoint;
    }

    boolean isPresent() {
        return read().isPresent();
    }

    @Override
    public void ensure(SortedSet<Integer> floors) {
        var present = read();
        if (floors.isEmpty()) {
            present.ifPresent(writes::delete);
            return;
        }
        var wanted = webhook(floors);
        if (present.isEmpty()) {
            writes.create(new MutatingWebhookConfigurationBuilder()
                    .withNewMetadata()
                    .withName(NAME)
                    .endMetadata()
                    .withWebhooks(wanted)
                    .build());
        } else if (!says(present.get(), wanted)) {
            writes.replace(new MutatingWebhookConfigurationBuilder(present.get())
                    .withWebhooks(wanted)
                    .build());
        }
    }

    @Override
    public String description() {
        return "MutatingWebhookConfiguration " + NAME + "; can the API server reach the Service waterline-webhook?";
    }

    private Optional<MutatingWebhookConfiguration> read() {
        return Optional.ofNullable(client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(NAME)
                .get());
    }

    /** The API server fills in defaults, so only what we decide is compared. */
    private static boolean says(MutatingWebhookConfiguration present, MutatingWebhook wanted) {
        var webhooks = Objects.requireNonNullElse(present.getWebhooks(), List.<MutatingWebhook>of());
        return webhooks.size() == 1
                && wanted.getClientConfig().equals(webhooks.getFirst().getClientConfig())
                && wanted.getMatchConditions().equals(webhooks.getFirst().getMatchConditions())
                && wanted.getFailurePolicy().equals(webhooks.getFirst().getFailurePolicy());
    }

    private MutatingWebhook webhook(SortedSet<Integer> floors) {
        return new MutatingWebhookBuilder()
                .withName("tolerate.waterline.dev")
                .addNewRule()
                .withApiGroups("")
                .withApiVersions("v1")
                .withOperations("CREATE")
                .withResources("pods")
                .withScope("Namespaced")
                .endRule()
                .addNewMatchCondition()
                .withName("reaches-a-floor")
                .withExpression("has(object.spec.priority) && object.spec.priority >= " + floors.first())
                .endMatchCondition()
                .addNewMatchCondition()
                // The operator's own pods tolerate everything of ours, and must not wait for the operator.
                .withName("not-the-operator")
                .withExpression("request.namespace != '" + ownNamespace + "' || (has(object.metadata.generateName)"
                        + " && object.metadata.generateName == '" + TolerationProof.POD + "')")
                .endMatchCondition()
                .withClientConfig(endpoint.apply(ToleratedFloors.path(floors)))
                .withFailurePolicy("Ignore")
                .withMatchPolicy("Equivalent")
                .withReinvocationPolicy("IfNeeded")
                .withSideEffects("None")
                .withTimeoutSeconds(1)
                .withAdmissionReviewVersions("v1")
                .build();
    }
}
