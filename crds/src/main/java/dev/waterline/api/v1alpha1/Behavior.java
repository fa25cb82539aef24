package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How fast the count may change, as in autoscaling/v2. Once one direction says anything, the defaults of HPA hold for
 * whatever is left out in both.
 *
 * @param scaleUp absent: at once, and by four or to twice the count each 15 s
 * @param scaleDown absent: to the greatest number of the last 300 s, and then at once
 */
public record Behavior(
        @JsonPropertyDescription("Default: at once, by 4 pods or 100 percent each 15 s.") @Nullable Rules scaleUp,

        @JsonPropertyDescription("Default: after 300 s, and then by 100 percent each 15 s.") @Nullable Rules scaleDown) {

    /**
     * One direction.
     *
     * @param stabilizationWindowSeconds the mildest number of so long a time counts; absent: 0 up, 300 down
     * @param selectPolicy which policy counts; {@code Max} by default
     * @param policies absent: HPA's
     * @param tolerance share by which a value may be off without any change, a Kubernetes quantity; absent: 0.1
     */
    @ValidationRule(
            value = "!has(self.tolerance) || (type(self.tolerance) == int ? int(self.tolerance) >= 0"
                    + " : string(self.tolerance).matches('^[0-9]{1,6}([.][0-9]{1,9})?m?$'))",
            fieldPath = ".tolerance",
            message = "tolerance must be a quantity of at least 0 in quotes, such as \"0.05\" or \"50m\" for 5 %")
    public record Rules(
            @Min(0) @Max(3600) @JsonPropertyDescription("The mildest number of so many seconds counts. Default: 0 up, 300 down.")
            @Nullable Integer stabilizationWindowSeconds,

            @JsonPropertyDescription(
                    "Max: the policy that allows most. Min: least. Disabled: no change in this direction. Default: Max.")
            @Nullable SelectPolicy selectPolicy,

            @Size(min = 1, max = 16) @Nullable List<Policy> policies,

            @JsonPropertyDescription(
                    "By what share a value may be off without any change, such as \"0.05\" or \"50m\". Default: 0.1.")
            @Nullable IntOrString tolerance) {

        public Rules {
            policies = policies == null ? null : List.copyOf(policies);
        }
    }

    /**
     * How much the count may change within a period.
     *
     * @param type what {@code value} counts
     * @param value pods, or percent of the count at the period's start
     * @param periodSeconds 1 to 1800
     */
    public record Policy(
            @Required PolicyType type,
            @Required @Min(1) @Max(1_000_000) Integer value,
            @Required @Min(1) @Max(1800) Integer periodSeconds) {}

    /** What a policy counts. */
    public enum PolicyType {
        Pods,
        Percent
    }

    /** Which of several policies counts. */
    public enum SelectPolicy {
        Max,
        Min,
        Disabled
    }
}
