package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks for. The field names are those of KEDA's ScaledObject.
 *
 * @param mode whether decisions are carried out; {@code Enforce} by default
 * @param scaleTargetRef what is scaled
 * @param pollingInterval seconds between two evaluations; 15 by default
 * @param cooldownPeriod seconds without an active trigger before the last step to zero (or idle); 300 by default
 * @param minReplicaCount 0 by default
 * @param maxReplicaCount 100 by default
 * @param idleReplicaCount replicas while no trigger is active; absent: minReplicaCount
 * @param initialCooldownPeriod the same while no trigger has ever been active, from the creation on; absent: cooldownPeriod
 * @param fallback what a trigger that goes on failing is taken to ask for; absent: nothing, so the count is held
 * @param advanced how fast the count may change
 * @param pressure how it gets on with PriorityWaterlines
 * @param triggers where the numbers come from
 */
@ValidationRule(
        value = "self.minReplicaCount <= self.maxReplicaCount",
        fieldPath = ".minReplicaCount",
        message = "minReplicaCount must not be greater than maxReplicaCount: lower the one or raise the other")
@ValidationRule(
        value = "!has(self.idleReplicaCount) || self.idleReplicaCount < self.minReplicaCount",
        fieldPath = ".idleReplicaCount",
        message =
                "idleReplicaCount must be lower than minReplicaCount: lower it, raise minReplicaCount, or leave it out")
public record ScaledWorkloadSpec(
        @Default("Enforce") @JsonPropertyDescription("Enforce acts; DryRun decides and reports, but never scales.")
        Mode mode,

        @Required ScaleTargetRef scaleTargetRef,

        @Default("15") @Min(1) @Max(86_400) @JsonPropertyDescription("Seconds between two evaluations.")
        Integer pollingInterval,

        @Default("300")
        @Min(0) @Max(86_400) @JsonPropertyDescription("Seconds without an active trigger before the last step to zero or idle.")
        Integer cooldownPeriod,

        @Default("0") @Min(0) @Max(100_000) Integer minReplicaCount,

        @Default("100") @Min(1) @Max(100_000) Integer maxReplicaCount,

        @Min(0) @Max(100_000) @JsonPropertyDescription("Replicas while no trigger is active. Default: minReplicaCount.")
        @Nullable Integer idleReplicaCount,

        @Min(0) @Max(86_400) @JsonPropertyDescription(
                "The same while no trigger has ever been active, counted from the creation. Default: cooldownPeriod.")
        @Nullable Integer initialCooldownPeriod,

        @JsonPropertyDescription(
                "What a trigger that goes on failing is taken to ask for. Default: nothing, the count is held.")
        @Nullable Fallback fallback,

        @Nullable Advanced advanced,

        @Nullable Pressure pressure,

        @Required @Size(min = 1, max = 16) List<Trigger> triggers) {

    public ScaledWorkloadSpec {
        mode = Objects.requireNonNullElse(mode, Mode.Enforce);
        pollingInterval = Objects.requireNonNullElse(pollingInterval, 15);
        cooldownPeriod = Objects.requireNonNullElse(cooldownPeriod, 300);
        minReplicaCount = Objects.requireNonNullElse(minReplicaCount, 0);
        maxReplicaCount = Objects.requireNonNullElse(maxReplicaCount, 100);
        triggers = List.copyOf(Objects.requireNonNullElse(triggers, List.of()));
    }
}
