package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * KEDA's name for what would go into a HorizontalPodAutoscaler. There is none here.
 *
 * @param name ignored
 * @param behavior as in autoscaling/v2
 */
public record HorizontalPodAutoscalerConfig(
        @Size(max = 253) @JsonPropertyDescription("Ignored: there is no HorizontalPodAutoscaler.") @Nullable String name,

        @JsonPropertyDescription("As in autoscaling/v2, tolerance included.") @Nullable Behavior behavior) {}
