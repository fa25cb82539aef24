package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A rung of the ladder: pods of one SLA.
 *
 * @param name shown in status, events and metrics
 * @param minPriority lowest pod priority of this tier, 0 to 1000000000; the first tier has none
 * @param priorityClassName a PriorityClass whose value is the minimum, instead of {@code minPriority}
 * @param waterlines none: this tier is protected and never frozen
 */
@ValidationRule(
        value = "!(has(self.minPriority) && has(self.priorityClassName))",
        message = "minPriority and priorityClassName both say where the tier begins: keep one of them")
public record Tier(
        @Required @Size(max = 63) @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
        String name,

        @Min(0)
        @Max(1_000_000_000)
        @JsonPropertyDescription("Lowest pod priority of this tier, 0 to 1000000000. The first tier has none.")
        @Nullable
        Integer minPriority,

        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription("A PriorityClass whose value is the lowest pod priority of this tier.")
        @Nullable
        String priorityClassName,

        @Default("[]")
        @JsonPropertyDescription("Levels at which this tier freezes and thaws. None: the tier is protected.")
        @Size(max = 8)
        List<WaterlineLevel> waterlines) {

    public Tier {
        waterlines = List.copyOf(Objects.requireNonNullElse(waterlines, List.of()));
    }
}
