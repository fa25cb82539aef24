package dev.waterline.cluster;

import dev.waterline.api.v1alpha1.WaterlineAnnotations;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The key that our taints have in this cluster, recorded beside the installation's claim, on the guard's configuration. With
 * another key an operator would not know its predecessor's taints, and nobody would ever take them away.
 */
public final class TaintKeyRecord {
    private static final String PATH = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
    private static final int ATTEMPTS = 5;

    private final KubernetesClient client;

    public TaintKeyRecord(KubernetesClient client) {
        this.client = client;
    }

    /** Empty if none is recorded. */
    public Optional<String> read() {
        return configuration().flatMap(TaintKeyRecord::key);
    }

    /**
     * Whether this key may be used.
     *
     * @throws TaintKeyInUseException if another key is recorded and a node carries it
     */
    public void require(String wanted) {
        read().filter(recorded -> !recorded.equals(wanted)).ifPresent(recorded -> {
            var carrier = carrier(recorded);
            if (carrier.isPresent()) {
                throw new TaintKeyInUseException(
                        ("--taint-key is %1$s, but node %2$s still carries a taint of the key %3$s"
                                        + " that was in use before, and would keep it for ever: start the operator with the old"
                                        + " key and thaw with the annotation waterline.dev/thaw-all, or run kubectl taint nodes"
                                        + " --all %3$s:NoSchedule-, then start it with the new one.")
                                .formatted(wanted, carrier.get(), recorded));
            }
        });
    }

    /**
     * Records the key that is used from now on. Only a leader may, for the one before may have frozen nodes until it went.
     *
     * @throws TaintKeyInUseException as {@link #require}
     */
    public void put(String key) {
        require(key);
        for (int attempt = 1; ; attempt++) {
            try {
                configuration()
                        .filter(present -> !key(present).equals(Optional.of(key)))
                        .ifPresent(present -> new PreconditionedWrites(client, PATH)
                                .replace(new ValidatingWebhookConfigurationBuilder(present)
                                        .editMetadata()
                                        .addToAnnotations(WaterlineAnnotations.TAINT_KEY, key)
                                        .endMetadata()
                                        .build()));
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Optional<String> carrier(String key) {
        String next = "";
        do {
            var page = client.nodes()
                    .list(new ListOptionsBuilder()
                            .withLimit(500L)
                            .withContinue(next.isEmpty() ? null : next)
                            .build());
            var carrier = page.getItems().stream()
                    .filter(node -> NodeSummary.mark(node, key).floor().isPresent())
                    .map((Node node) -> node.getMetadata().getName())
                    .findFirst();
            if (carrier.isPresent()) {
                return carrier;
            }
            next = Objects.requireNonNullElse(page.getMetadata().getContinue(), "");
        } while (!next.isEmpty());
        return Optional.empty();
    }

    private Optional<ValidatingWebhookConfiguration> configuration() {
        return Optional.ofNullable(client.admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName(GuardConfiguration.NAME)
                .get());
    }

    private static Optional<String> key(ValidatingWebhookConfiguration configuration) {
        var annotations =
                Objects.requireNonNullElse(configuration.getMetadata().getAnnotations(), Map.<String, String>of());
        return Optional.ofNullable(annotations.get(WaterlineAnnotations.TAINT_KEY));
    }
}
