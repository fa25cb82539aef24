package dev.waterline.reconciler;

import dev.waterline.cluster.FieldManager;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that writes a status: only if it has changed, and only onto the version that was looked at. A status written
 * without a resourceVersion makes the SDK swallow a spec edit that came at the same time.
 */
final class StatusPublisher {
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    private static final Logger log = LoggerFactory.getLogger(StatusPublisher.class);

    private final KubernetesClient client;

    StatusPublisher(KubernetesClient client) {
        this.client = client;
    }

    /**
     * @param resource as it was read, with its resourceVersion
     * @return whether the cluster now holds this status; false: somebody else wrote first, so look again
     */
    <S, R extends CustomResource<?, S>> boolean publish(R resource, S status) {
        if (Objects.equals(resource.getStatus(), status)) {
            return true;
        }
        resource.setStatus(status);
        try {
            client.raw(path(resource), "PUT", resource);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == CONFLICT || e.getCode() == NOT_FOUND) {
                log.debug(
                        "{} has changed or gone; its status is decided anew",
                        resource.getMetadata().getName());
                return false;
            }
            throw e;
        }
    }

    private static String path(CustomResource<?, ?> resource) {
        var metadata = resource.getMetadata();
        var namespace = metadata.getNamespace() == null ? "" : "/namespaces/" + metadata.getNamespace();
        return "/apis/%s%s/%s/%s/status?fieldManager=%s"
                .formatted(
                        resource.getApiVersion(),
                        namespace,
                        resource.getPlural(),
                        metadata.getName(),
                        FieldManager.NAME);
    }
}
