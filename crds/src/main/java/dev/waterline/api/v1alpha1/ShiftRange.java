package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/**
 * How far all freeze and thaw thresholds may move together, in points of percent. An edit acts at once.
 *
 * @param min down to so much, 0 or below; -22 by default
 * @param max up to so much, 0 or above; 0 by default: never above what the tiers say
 */
@ValidationRule(
        value = "self.min * 2.0 == double(int(self.min * 2.0))",
        fieldPath = ".min",
        message = "min must be a multiple of 0.5: the shift takes effect in steps of half a point")
@ValidationRule(
        value = "self.max * 2.0 == double(int(self.max * 2.0))",
        fieldPath = ".max",
        message = "max must be a multiple of 0.5: the shift takes effect in steps of half a point")
public record ShiftRange(
        @Default("-22")
        @Min(-100) @Max(0) @JsonPropertyDescription("Points, 0 or below, a multiple of 0.5: thresholds never move further down.")
        Double min,

        @Default("0")
        @Min(0) @Max(50) @JsonPropertyDescription("Points, 0 or above, a multiple of 0.5: thresholds never move further up.")
        Double max) {

    public ShiftRange {
        min = Objects.requireNonNullElse(min, -22.0);
        max = Objects.requireNonNullElse(max, 0.0);
    }

    static ShiftRange defaults() {
        return new ShiftRange(-22.0, 0.0);
    }
}
