package dev.waterline.leadership;

import dev.waterline.api.v1alpha1.WaterlineAnnotations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claim of this installation on the cluster: two would fight over the same taints. The claim is an annotation on
 * the cluster-scoped guard configuration, for whoever writes that object rules the cluster anyway. Another's claim
 * holds as long as its Lease shows life.
 */
public final class Installation {
    /** The guard's ValidatingWebhookConfiguration. */
    public static final String GUARD = "waterline-bind-guard";

    static final Duration DEAD_AFTER = Duration.ofMinutes(5);

    private static final Logger log = LoggerFactory.getLogger(Installation.class);
    private static final int ATTEMPTS = 5;

    private final KubernetesClient client;
    private final String id;
    private final InstantSource clock;

    /**
     * An installation that is known by its namespace.
     *
     * @param client one that the fence does not stop: the claim comes before the lease
     * @param namespace the operator's own
     */
    public Installation(KubernetesClient client, String namespace, InstantSource clock) {
        this.client = client;
        this.id = namespace + "/" + Leadership.LEASE;
        this.clock = clock;
    }

    /** The value of the annotation. */
    public String id() {
        return id;
    }

    /**
     * Claims the cluster, or finds it claimed by us.
     *
     * @throws AnotherInstallationException if a living installation owns it
     * @throws KubernetesClientException if the API server does not answer or forbids it
     */
    public void claim() {
        for (int attempt = 1; ; attempt++) {
            try {
                claimOnce();
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
                log.debug("Another replica touched {} at the same moment; looking again", GUARD);
            }
        }
    }

    private void claimOnce() {
        ValidatingWebhookConfiguration guard = guard().get();
        if (guard == null) {
            client.resource(emptyGuard()).create();
            log.info("Claimed the cluster as installation {}", id);
            return;
        }
        String owner = annotations(guard).getOrDefault(WaterlineAnnotations.INSTALLATION, "");
        if (owner.equals(id)) {
            return;
        }
        if (!owner.isEmpty()) {
            refuseIfAlive(owner);
        }
        client.resource(new ValidatingWebhookConfigurationBuilder(guard)
                        .editMetadata()
                        .addToAnnotations(WaterlineAnnotations.INSTALLATION, id)
                        .endMetadata()
                        .build())
                .lockResourceVersion()
                .update();
        log.warn("Took the cluster over as installation {}; before: '{}'", id, owner);
    }

    private void refuseIfAlive(String owner) {
        String[] parts = owner.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            log.warn("The installation '{}' on {} names no Lease", owner, GUARD);
            return;
        }
        Lease lease = client.resources(Lease.class)
                .inNamespace(parts[0])
                .withName(parts[1])
                .get();
        if (lease != null && alive(lease)) {
            throw new AnotherInstallationException("Another Waterline runs in namespace '" + parts[0]
                    + "' of this cluster (Lease " + owner
                    + " is alive), and two would fight over the same nodes: uninstall one of them; five minutes after"
                    + " the other's last sign of life this one may start.");
        }
    }

    private boolean alive(Lease lease) {
        if (lease.getSpec() == null || lease.getSpec().getRenewTime() == null) {
            return lease.getSpec() != null && lease.getSpec().getHolderIdentity() != null;
        }
        Instant renewed = lease.getSpec().getRenewTime().toInstant();
        return renewed.plus(DEAD_AFTER).isAfter(clock.instant());
    }

    private ValidatingWebhookConfiguration emptyGuard() {
        return new ValidatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName(GUARD)
                .addToAnnotations(WaterlineAnnotations.INSTALLATION, id)
                .addToLabels("app.kubernetes.io/name", "waterline")
                .addToLabels("app.kubernetes.io/managed-by", "waterline-operator")
                .endMetadata()
                .build();
    }

    private Resource<ValidatingWebhookConfiguration> guard() {
        return client.admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName(GUARD);
    }

    private static Map<String, String> annotations(ValidatingWebhookConfiguration guard) {
        @Nullable Map<String, String> annotations = guard.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }
}
