package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.api.model.autoscaling.v1.ScaleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads and writes the count of anything with a {@code /scale} subresource. A write carries the resourceVersion that was read,
 * so it never overwrites what somebody else has done meanwhile. Whatever is not one of the results, such as an API server that
 * does not answer, is thrown as {@link KubernetesClientException}.
 */
public final class ScaleTargets {
    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;
    private final Map<Kind, String> plurals = new ConcurrentHashMap<>();

    private record Kind(String apiVersion, String kind) {}

    public ScaleTargets(KubernetesClient client) {
        this.client = client;
    }

    public ScaleRead read(ScaleTarget target) {
        var kind = new Kind(target.apiVersion(), target.kind());
        var known = plurals.get(kind);
        if (known != null) {
            return read(target, kind, known);
        }
        var resources = discover(kind);
        var plural = resources.stream()
                .filter(resource -> target.kind().equals(resource.getKind())
                        && Boolean.TRUE.equals(resource.getNamespaced())
                        && !resource.getName().contains("/"))
                .map(APIResource::getName)
                .findFirst();
        if (plural.isEmpty()) {
            return new ScaleRead.UnknownKind();
        }
        if (resources.stream().noneMatch(resource -> resource.getName().equals(plural.get() + "/scale"))) {
            return new ScaleRead.NoScaleSubresource();
        }
        plurals.put(kind, plural.get());
        return read(target, kind, plural.get());
    }

    /**
     * @param target one that was found
     * @param resourceVersion as it was read
     */
    public ScaleWrite write(ScaleTarget target, String resourceVersion, int replicas) {
        var plural = plurals.get(new Kind(target.apiVersion(), target.kind()));
        if (plural == null) {
            throw new IllegalStateException(target + " was never read");
        }
        var scale = new ScaleBuilder()
                .withNewMetadata()
                .withName(target.name())
                .withNamespace(target.namespace())
                .withResourceVersion(resourceVersion)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
        try {
            client.raw(path(target, plural) + "?fieldManager=" + FieldManager.NAME, "PUT", scale);
            return new ScaleWrite.Scaled();
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_CONFLICT -> new ScaleWrite.Conflict();
                case HttpURLConnection.HTTP_NOT_FOUND -> new ScaleWrite.NotFound();
                case HttpURLConnection.HTTP_FORBIDDEN -> new ScaleWrite.Forbidden();
                case HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE -> new ScaleWrite.Refused(e.getCode());
                default -> throw e;
            };
        }
    }

    private ScaleRead read(ScaleTarget target, Kind kind, String plural) {
        try {
            var scale = client.getKubernetesSerialization()
                    .unmarshal(client.raw(path(target, plural), "GET", null), Scale.class);
            return new ScaleRead.Found(
                    replicas(scale),
                    scale.getMetadata().getResourceVersion(),
                    Optional.ofNullable(scale.getStatus())
                            .map(status -> Objects.requireNonNullElse(status.getSelector(), ""))
                            .orElse(""));
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_NOT_FOUND -> {
                    // The kind itself may be gone, or have lost its /scale: the next look asks for it again.
                    plurals.remove(kind);
                    yield new ScaleRead.NotFound();
                }
                case HttpURLConnection.HTTP_FORBIDDEN -> new ScaleRead.Forbidden();
                default -> throw e;
            };
        }
    }

    /** The API server leaves a count of zero out. */
    private static int replicas(Scale scale) {
        return Optional.ofNullable(scale.getSpec())
                .map(spec -> Objects.requireNonNullElse(spec.getReplicas(), 0))
                .orElse(0);
    }

    private List<APIResource> discover(Kind kind) {
        var list = client.getApiResources(kind.apiVersion());
        return list == null ? List.of() : Objects.requireNonNullElse(list.getResources(), List.of());
    }

    private static String path(ScaleTarget target, String plural) {
        return "/%s/%s/namespaces/%s/%s/%s/scale"
                .formatted(
                        target.apiVersion().contains("/") ? "apis" : "api",
                        target.apiVersion(),
                        target.namespace(),
                        plural,
                        target.name());
    }
}
