package dev.waterline.cluster;

import dev.waterline.arbiter.BindGuard;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bind guard as a ValidatingWebhookConfiguration, written by the operator alone, never by chart or Git. */
public final class WebhookBindGuard implements BindGuard {
    private static final Duration PROBE_EVERY = Duration.ofMillis(10);
    private static final String PATH = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
    private static final String PROBE_POD = "waterline-probe";
    private static final Logger log = LoggerFactory.getLogger(WebhookBindGuard.class);

    private final KubernetesClient client;
    private final List<KubernetesClient> apiServers;
    private final String ownNamespace;
    private final Map<String, String> claim;
    private final IntFunction<WebhookClientConfig> endpoint;
    private final LongSupplier nanoTime;

    /**
     * @param client writes the configuration
     * @param apiServers every API server whose denial must be seen before a freeze counts as acknowledged
     * @param claim annotations that say whose configuration it is, for one that somebody has deleted
     * @param endpoint how the API server reaches the path of a floor, with the present CA bundle
     */
    public WebhookBindGuard(
            KubernetesClient client,
            List<KubernetesClient> apiServers,
            String ownNamespace,
            Map<String, String> claim,
            IntFunction<WebhookClientConfig> endpoint,
            LongSupplier nanoTime) {
        this.client = client;
        this.apiServers = List.copyOf(apiServers);
        this.ownNamespace = ownNamespace;
        this.claim = Map.copyOf(claim);
        this.endpoint = endpoint;
        this.nanoTime = nanoTime;
    }

    @Override
    public Content read() {
        var configuration = configuration();
        var nodesByFloor = GuardConfiguration.read(configuration);
        return new Content(nodesByFloor, isCurrent(configuration, nodesByFloor));
    }

    @Override
    public long write(Map<Integer, NavigableSet<String>> nodesByFloor) {
        var before = configuration();
        long generation = GuardConfiguration.generation(before);
        if (GuardConfiguration.read(before).equals(nodesByFloor) && isCurrent(before, nodesByFloor)) {
            return generation;
        }
        long next = generation + 1;
        var changed = new ValidatingWebhookConfigurationBuilder(before)
                .editMetadata()
                .addToAnnotations(GuardConfiguration.GENERATION, Long.toString(next))
                .endMetadata()
                .withWebhooks(webhooks(nodesByFloor, next))
                .build();
        // A PUT of what was read carries its resourceVersion, and so is refused if anybody has written in between.
        client.raw(PATH + "/" + GuardConfiguration.NAME + "?fieldManager=" + FieldManager.NAME, "PUT", changed);
        return next;
    }

    private List<ValidatingWebhook> webhooks(Map<Integer, NavigableSet<String>> nodesByFloor, long generation) {
        return GuardConfiguration.webhooks(nodesByFloor, generation, ownNamespace, endpoint);
    }

    /** Whether the entries for these nodes would come out the same now: same endpoint, same CA, same chunks. */
    private boolean isCurrent(
            ValidatingWebhookConfiguration configuration, Map<Integer, NavigableSet<String>> nodesByFloor) {
        return clients(Objects.requireNonNullElse(configuration.getWebhooks(), List.of()))
                .equals(clients(webhooks(nodesByFloor, GuardConfiguration.generation(configuration))));
    }

    private static List<WebhookClientConfig> clients(List<ValidatingWebhook> webhooks) {
        return webhooks.stream().map(ValidatingWebhook::getClientConfig).toList();
    }

    @Override
    public boolean awaitAcknowledgement(long generation, Duration deadline) {
        long giveUpAt = nanoTime.getAsLong() + deadline.toNanos();
        for (var apiServer : apiServers) {
            while (!denies(apiServer, generation)) {
                if (nanoTime.getAsLong() - giveUpAt > 0) {
                    return false;
                }
                LockSupport.parkNanos(PROBE_EVERY.toNanos());
            }
        }
        return true;
    }

    private boolean denies(KubernetesClient apiServer, long generation) {
        var probe = ProbeName.of(generation);
        var binding = new BindingBuilder()
                .withNewMetadata()
                .withName(PROBE_POD)
                .withNamespace(ownNamespace)
                .endMetadata()
                .withNewTarget()
                .withKind("Node")
                .withName(probe)
                .endTarget()
                .build();
        try {
            apiServer.raw(
                    "/api/v1/namespaces/" + ownNamespace + "/pods/" + PROBE_POD + "/binding?dryRun=All",
                    "POST",
                    binding);
            return false;
        } catch (KubernetesClientException e) {
            // Any other error comes from further down the line: the guard has let the probe pass.
            boolean denied = e.getMessage() != null && e.getMessage().contains("denied the request");
            if (!denied && e.getCode() != 404) {
                log.debug("The probe {} was answered with {}", probe, e.getCode());
            }
            return denied;
        }
    }

    private ValidatingWebhookConfiguration configuration() {
        var configuration = client.admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName(GuardConfiguration.NAME)
                .get();
        return configuration == null ? create() : configuration;
    }

    private ValidatingWebhookConfiguration create() {
        return client.admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .resource(new ValidatingWebhookConfigurationBuilder()
                        .withNewMetadata()
                        .withName(GuardConfiguration.NAME)
                        .addToAnnotations(claim)
                        .endMetadata()
                        .build())
                .create();
    }
}
