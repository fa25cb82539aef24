package dev.waterline.cluster;

import dev.waterline.relief.PodUsage;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Objects;

/** What the Metrics API, {@code metrics.k8s.io}, says of pods: one list of all of them. */
public final class MetricsApiPodUsage implements PodUsage {
    /** metrics-server scrapes every 15 s by default; a measurement may have missed some rounds, but not many. */
    private static final Duration STALE_AFTER_WINDOW = Duration.ofSeconds(90);

    private final KubernetesClient client;
    private final InstantSource clock;

    public MetricsApiPodUsage(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public Answer read() {
        try {
            var now = clock.instant();
            var millis = new HashMap<String, Long>();
            for (var pod : client.top().pods().metrics().getItems()) {
                if (isFresh(pod, now)) {
                    millis.put(
                            pod.getMetadata().getNamespace() + "/"
                                    + pod.getMetadata().getName(),
                            cpu(pod));
                }
            }
            return new Known(millis);
        } catch (KubernetesClientException e) {
            return new Unavailable(
                    "metrics.k8s.io does not tell what pods use (%s): install metrics-server, or repair it"
                            .formatted(
                                    e.getStatus() == null
                                            ? e.getMessage()
                                            : e.getStatus().getMessage()));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return new Unavailable("metrics.k8s.io told something that cannot be read: " + e.getMessage());
        }
    }

    private static boolean isFresh(PodMetrics pod, Instant now) {
        if (pod.getTimestamp() == null || pod.getWindow() == null) {
            return false;
        }
        var age = Duration.between(Instant.parse(pod.getTimestamp()), now);
        return age.compareTo(pod.getWindow().getDuration().plus(STALE_AFTER_WINDOW)) <= 0;
    }

    private static long cpu(PodMetrics pod) {
        return pod.getContainers().stream()
                .map(container -> container.getUsage().get("cpu"))
                .filter(Objects::nonNull)
                .mapToLong(CpuQuantity::millis)
                .sum();
    }
}
