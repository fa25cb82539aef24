package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import java.util.Objects;

/**
 * What a trigger that goes on failing is taken to ask for.
 *
 * @param failureThreshold so many polls in a row may fail; the next one that fails falls back
 * @param replicas the number
 * @param behavior how it and the present count come together; {@code static} by default
 */
public record Fallback(
        @Required
        @Min(0) @Max(10_000) @JsonPropertyDescription("So many polls in a row may fail; the next one that fails falls back.")
        Integer failureThreshold,

        @Required
        @Min(0) @Max(100_000) @JsonPropertyDescription("What a trigger that goes on failing is taken to ask for.")
        Integer replicas,

        @Default("static")
        @JsonPropertyDescription(
                "static: replicas. currentReplicas: the present count. currentReplicasIfHigher: the greater of"
                        + " the two. currentReplicasIfLower: the smaller. scalingModifiers: not supported yet.")
        FallbackBehavior behavior) {

    public Fallback {
        behavior = Objects.requireNonNullElse(behavior, FallbackBehavior.STATIC);
    }

    /** KEDA's names. */
    public enum FallbackBehavior {
        @com.fasterxml.jackson.annotation.JsonProperty("static")
        STATIC,
        currentReplicas,
        currentReplicasIfHigher,
        currentReplicasIfLower,
        scalingModifiers
    }
}
