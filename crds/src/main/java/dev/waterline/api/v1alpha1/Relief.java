package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What may follow while a node stays hot on which a tier is frozen. It concerns pods of that tier only.
 *
 * @param signal the signal whose smoothed reading is compared; absent: that of the tier's first waterline
 * @param throttle lower CPU limits
 * @param evict evict pods
 */
@ValidationRule(
        value = "has(self.throttle) || has(self.evict)",
        message = "relief says neither throttle nor evict: add one of them, or remove relief")
@ValidationRule(
        value = "!has(self.throttle) || !has(self.evict) || self.evict.above >= self.throttle.above",
        message = "evict.above must be at or above throttle.above: throttling is tried first")
public record Relief(
        @Size(max = 63) @JsonPropertyDescription("The signal that above is compared with. Default: that of the tier's first waterline.")
        @Nullable String signal,

        @JsonPropertyDescription("Lower the CPU limits of this tier's pods until the tier thaws.") @Nullable Throttle throttle,

        @JsonPropertyDescription("Evict pods of this tier, within budgets and PodDisruptionBudgets.") @Nullable Evict evict) {

    /**
     * When and how far CPU limits are lowered.
     *
     * @param above percent, of the smoothed signal
     * @param after it must have been at or above it for so long, with the tier frozen; 60s by default
     * @param cpuLimitPercent what is left of a container's CPU limit, never less than its request; 50 by default
     */
    public record Throttle(
            @Required
            @Min(1) @Max(150) @JsonPropertyDescription("Percent. The smoothed signal must have been at or above this.")
            double above,

            @Default("60s")
            @Pattern(PriorityWaterlineSpec.DURATION) @ValidationRule(
                    value = "duration(self) >= duration('1s') && duration(self) <= duration('24h')",
                    message = "after must be between 1s and 24h")
            @JsonPropertyDescription("For so long, with the tier frozen.")
            String after,

            @Default("50")
            @Min(1) @Max(99) @JsonPropertyDescription(
                    "What is left of a container's CPU limit, percent; never less than its CPU request.")
            Integer cpuLimitPercent) {

        public Throttle {
            after = Objects.requireNonNullElse(after, "60s");
            cpuLimitPercent = Objects.requireNonNullElse(cpuLimitPercent, 50);
        }
    }

    /**
     * When and how fast pods are evicted.
     *
     * @param above percent, of the smoothed signal
     * @param after it must have been at or above it for so long, with the tier frozen; 180s by default
     * @param perNodePerMinute at most so many evictions from one node in any minute; 2 by default
     */
    public record Evict(
            @Required
            @Min(1) @Max(150) @JsonPropertyDescription("Percent. The smoothed signal must have been at or above this.")
            double above,

            @Default("180s")
            @Pattern(PriorityWaterlineSpec.DURATION) @ValidationRule(
                    value = "duration(self) >= duration('1s') && duration(self) <= duration('24h')",
                    message = "after must be between 1s and 24h")
            @JsonPropertyDescription("For so long, with the tier frozen.")
            String after,

            @Default("2")
            @Min(1) @Max(60) @JsonPropertyDescription("At most so many evictions from one node in any minute.")
            Integer perNodePerMinute) {

        public Evict {
            after = Objects.requireNonNullElse(after, "180s");
            perNodePerMinute = Objects.requireNonNullElse(perNodePerMinute, 2);
        }
    }
}
