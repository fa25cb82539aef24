package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** Writes single cluster-scoped objects under our field manager, each only if it still is what was read. */
final class PreconditionedWrites {
    private final KubernetesClient client;
    private final String collection;

    /** @param collection such as {@code /apis/<group>/<version>/<plural>} */
    PreconditionedWrites(KubernetesClient client, String collection) {
        this.client = client;
        this.collection = collection;
    }

    /** @throws KubernetesClientException 409 if there is one of the name already */
    void create(HasMetadata object) {
        client.raw(collection + "?fieldManager=" + FieldManager.NAME, "POST", object);
    }

    /**
     * @param object with the resourceVersion that was read
     * @throws KubernetesClientException 409 if anybody has written in between
     */
    void replace(HasMetadata object) {
        client.raw(
                collection + "/" + object.getMetadata().getName() + "?fieldManager=" + FieldManager.NAME,
                "PUT",
                object);
    }

    /**
     * Deletes the object in the state that was read. One that is gone counts as deleted.
     *
     * @throws KubernetesClientException 409 if anybody has written in between
     */
    void delete(HasMetadata object) {
        var metadata = object.getMetadata();
        try {
            client.raw(
                    collection + "/" + metadata.getName(),
                    "DELETE",
                    new DeleteOptionsBuilder()
                            .withNewPreconditions()
                            .withUid(metadata.getUid())
                            .withResourceVersion(metadata.getResourceVersion())
                            .endPreconditions()
                            .build());
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }
}
