package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/**
 * How long a node must be hot before it freezes, and cool before it thaws.
 *
 * @param freezeAfter the smoothed signal must have been at or above freezeAbove for this long; 10s by default
 * @param thawAfter the smoothed signal must have been below thawBelow for this long; 60s by default
 * @param minHold and this long must have passed since the node was last hot; 300s by default
 * @param panicAbove percent; two consecutive raw readings at or above it freeze every tier with a waterline at once; 95
 *     by default
 * @param thawPercentPerMinute at most this share of the frozen nodes thaws in a minute, one node at least; 5 by default
 * @param maxFrozenPerPod a tier that has been frozen on every node for this long is starved; 30m by default
 */
public record Timing(
        @Default("10s")
        @Pattern(PriorityWaterlineSpec.DURATION) @ValidationRule(value = "duration(self) <= duration('10m')", message = "freezeAfter must be at most 10m")
        @JsonPropertyDescription("How long the smoothed signal must have been at or above freezeAbove.")
        String freezeAfter,

        @Default("60s")
        @Pattern(PriorityWaterlineSpec.DURATION) @ValidationRule(value = "duration(self) <= duration('1h')", message = "thawAfter must be at most 1h")
        @JsonPropertyDescription("How long the smoothed signal must have been below thawBelow.")
        String thawAfter,

        @Default("300s")
        @Pattern(PriorityWaterlineSpec.DURATION) @ValidationRule(value = "duration(self) <= duration('24h')", message = "minHold must be at most 24h")
        @JsonPropertyDescription("How long a frozen node stays frozen after it was last hot.")
        String minHold,

        @Default("95")
        @Min(1) @Max(150) @JsonPropertyDescription("Percent. Two consecutive raw readings at or above this freeze every tier that has a"
                + " waterline, at once.")
        Double panicAbove,

        @Default("5")
        @Min(1) @Max(100) @JsonPropertyDescription(
                "Percent of the frozen nodes that may thaw in a minute, one node at least; 100: no limit.")
        Integer thawPercentPerMinute,

        @Default("30m")
        @Pattern(PriorityWaterlineSpec.DURATION) @ValidationRule(
                value = "duration(self) >= duration('1s') && duration(self) <= duration('24h')",
                message = "maxFrozenPerPod must be between 1s and 24h")
        @JsonPropertyDescription(
                "A tier that has had no thawed node for this long is starved: it is reported, and thaws first.")
        String maxFrozenPerPod) {

    public Timing {
        freezeAfter = Objects.requireNonNullElse(freezeAfter, "10s");
        thawAfter = Objects.requireNonNullElse(thawAfter, "60s");
        minHold = Objects.requireNonNullElse(minHold, "300s");
        panicAbove = Objects.requireNonNullElse(panicAbove, 95.0);
        thawPercentPerMinute = Objects.requireNonNullElse(thawPercentPerMinute, 5);
        maxFrozenPerPod = Objects.requireNonNullElse(maxFrozenPerPod, "30m");
    }

    static Timing defaults() {
        return new Timing("10s", "60s", "300s", 95.0, 5, "30m");
    }
}
