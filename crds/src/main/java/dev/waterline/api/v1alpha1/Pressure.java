package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import java.util.Objects;

/**
 * How it gets on with PriorityWaterlines.
 *
 * @param whenFrozen {@code Hold} by default
 */
public record Pressure(
        @Default("Hold")
        @JsonPropertyDescription(
                "While the target's tier is frozen on every node that its pods could use. Hold: no scale-up."
                        + " Ignore: scale up, and let the pods wait.")
        WhenFrozen whenFrozen) {

    public Pressure {
        whenFrozen = Objects.requireNonNullElse(whenFrozen, WhenFrozen.Hold);
    }
}
