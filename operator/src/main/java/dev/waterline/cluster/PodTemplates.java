package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the pod templates of what is scaled. Any kind that keeps one at {@code spec.template} will do. */
public final class PodTemplates {
    private static final Set<Integer> NOT_FOR_US =
            Set.of(HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_NOT_FOUND);
    private static final Logger log = LoggerFactory.getLogger(PodTemplates.class);

    private final KubernetesClient client;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    public PodTemplates(KubernetesClient client) {
        this.client = client;
    }

    /** Empty: it has none, is gone, or the operator may not read it. */
    public Optional<Landing> of(ScaleTarget target) {
        try {
            return Optional.ofNullable(client.genericKubernetesResources(target.apiVersion(), target.kind())
                            .inNamespace(target.namespace())
                            .withName(target.name())
                            .get())
                    .flatMap(this::podSpec)
                    .map(Landing::of);
        } catch (KubernetesClientException e) {
            if (!NOT_FOR_US.contains(e.getCode())) {
                throw e;
            }
            if (refused.add(target.apiVersion() + " " + target.kind())) {
                log.info(
                        "The operator may not read {} in {}, so their scale-ups are not held while nodes are frozen (HTTP status {})",
                        target.kind(),
                        target.apiVersion(),
                        e.getCode());
            }
            return Optional.empty();
        }
    }

    private Optional<PodSpec> podSpec(GenericKubernetesResource resource) {
        return Optional.ofNullable(resource.<Object>get("spec", "template", "spec"))
                .filter(Map.class::isInstance)
                .map(spec -> client.getKubernetesSerialization().convertValue(spec, PodSpec.class));
    }
}
