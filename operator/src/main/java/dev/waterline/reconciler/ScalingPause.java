package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.WaterlineAnnotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Whether somebody has paused a workload by annotation, ours or KEDA's. Nothing is latched: it is looked at on each pass. */
final class ScalingPause {
    private static final String KEDA = "autoscaling.keda.sh/paused";

    /** KEDA takes any other value, an empty one too, for a wish to pause. */
    private static final Set<String> KEDA_RUNS = Set.of("false", "f", "0");

    private ScalingPause() {}

    /** The annotation that pauses it; empty: it is not paused. */
    static Optional<String> of(HasMetadata resource) {
        var annotations = Objects.requireNonNullElse(resource.getMetadata().getAnnotations(), Map.<String, String>of());
        if ("true".equalsIgnoreCase(annotations.get(WaterlineAnnotations.PAUSED))) {
            return Optional.of(WaterlineAnnotations.PAUSED);
        }
        return Optional.ofNullable(annotations.get(KEDA))
                .filter(value -> !KEDA_RUNS.contains(value.toLowerCase(Locale.ROOT)))
                .map(_ -> KEDA);
    }
}
