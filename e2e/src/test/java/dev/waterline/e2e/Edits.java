package dev.waterline.e2e;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Edits as {@code kubectl edit} makes them, begun anew where somebody else was faster. */
final class Edits {
    private static final Duration WITHIN = Duration.ofSeconds(20);

    private Edits() {}

    static <T extends HasMetadata> void edit(Resource<T> resource, UnaryOperator<T> change) {
        await().atMost(WITHIN).ignoreExceptionsMatching(Edits::isConflict).until(() -> resource.edit(change) != null);
    }

    private static boolean isConflict(Throwable problem) {
        return problem instanceof KubernetesClientException refused && refused.getCode() == HTTP_CONFLICT;
    }
}
