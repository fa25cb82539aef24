package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * The waterline of one tier for one signal, in percent.
 *
 * @param signal name of one of the spec's signals
 * @param freezeAbove the tier freezes once the smoothed signal has been at or above this, percent
 * @param thawBelow the tier may thaw once the smoothed signal has been below this, percent
 */
@ValidationRule(
        value = "self.thawBelow < self.freezeAbove",
        fieldPath = ".thawBelow",
        message = "thawBelow must be lower than freezeAbove: a node that thaws where it froze would flap; leave a gap"
                + " of 5 points or more")
public record WaterlineLevel(
        @Required @Size(max = 63) String signal,

        @Required
        @Min(1) @Max(150) @JsonPropertyDescription("Percent. The tier freezes once the smoothed signal has been at or above this for"
                + " timing.freezeAfter.")
        double freezeAbove,

        @Required
        @Min(0) @Max(150) @JsonPropertyDescription(
                "Percent. The tier may thaw once the smoothed signal has been below this for" + " timing.thawAfter.")
        double thawBelow) {}
