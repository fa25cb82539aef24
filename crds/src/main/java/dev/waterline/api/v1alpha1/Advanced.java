package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/**
 * KEDA's {@code advanced}.
 *
 * @param horizontalPodAutoscalerConfig how fast the count may change; absent: as HPA without a behavior
 */
public record Advanced(
        @JsonPropertyDescription("How fast the count may change.") @Nullable HorizontalPodAutoscalerConfig horizontalPodAutoscalerConfig) {}
