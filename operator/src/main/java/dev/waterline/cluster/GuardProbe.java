package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one API server, by dry-run Bindings to a node that does not exist, whether it lets the guard refuse them. */
final class GuardProbe {
    private static final String POD = "waterline-probe";

    /** An API server keeps 25 connections to a webhook and drops those that have been idle for 90 s. */
    private static final int CONNECTIONS = 8;

    private static final Duration OPEN_FOR = Duration.ofSeconds(60);
    private static final Logger log = LoggerFactory.getLogger(GuardProbe.class);

    private final KubernetesClient apiServer;
    private final String ownNamespace;
    private final LongSupplier nanoTime;
    private long openUntil;

    GuardProbe(KubernetesClient apiServer, String ownNamespace, LongSupplier nanoTime) {
        this.apiServer = apiServer;
        this.ownNamespace = ownNamespace;
        this.nanoTime = nanoTime;
        this.openUntil = nanoTime.getAsLong();
    }

    /** Whether this generation of the configuration is in force there, and leads to a guard that answers. */
    boolean isDenied(long generation) {
        var node = ProbeName.of(generation);
        var binding = new BindingBuilder()
                .withNewMetadata()
                .withName(POD)
                .withNamespace(ownNamespace)
                .endMetadata()
                .withNewTarget()
                .withKind("Node")
                .withName(node)
                .endTarget()
                .build();
        try {
            apiServer.raw(
                    "/api/v1/namespaces/" + ownNamespace + "/pods/" + POD + "/binding?dryRun=All", "POST", binding);
            return false;
        } catch (KubernetesClientException e) {
            // Any other error comes from further down the line: the guard has let the probe pass.
            boolean denied = e.getMessage() != null && e.getMessage().contains("denied the request");
            if (!denied && e.getCode() != 404) {
                log.debug("The probe {} was answered with {}", node, e.getCode());
            }
            return denied;
        }
    }

    /**
     * Has the API server open connections to the guard, if it may have none, and does not wait for it: a first burst of pods
     * then does not spend its second on handshakes.
     */
    void openConnections(long generation) {
        if (nanoTime.getAsLong() - openUntil < 0) {
            return;
        }
        openUntil = nanoTime.getAsLong() + OPEN_FOR.toNanos();
        for (int i = 0; i < CONNECTIONS; i++) {
            Thread.ofVirtual().name("guard-connection-" + i).start(() -> isDenied(generation));
        }
    }
}
