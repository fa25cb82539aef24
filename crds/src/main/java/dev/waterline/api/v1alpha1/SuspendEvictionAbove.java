package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import java.util.Objects;

/**
 * Shares of frozen nodes at which evictions stop, since they would only move the trouble about.
 *
 * @param poolPercent of the waterline's nodes; 33 by default
 * @param zonePercent of those of a zone; 55 by default
 */
public record SuspendEvictionAbove(
        @Default("33")
        @Min(1) @Max(100) @JsonPropertyDescription(
                "Percent of the waterline's nodes. Nothing is evicted while so many or more are frozen.")
        Integer poolPercent,

        @Default("55")
        @Min(1) @Max(100) @JsonPropertyDescription(
                "Percent of the nodes of a zone. Nothing is evicted there while so many or more are frozen.")
        Integer zonePercent) {

    public SuspendEvictionAbove {
        poolPercent = Objects.requireNonNullElse(poolPercent, 33);
        zonePercent = Objects.requireNonNullElse(zonePercent, 55);
    }

    static SuspendEvictionAbove defaults() {
        return new SuspendEvictionAbove(33, 55);
    }
}
