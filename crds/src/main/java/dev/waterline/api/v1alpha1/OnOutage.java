package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/**
 * What to do with frozen nodes when a signal's source does not answer. Nothing freezes without fresh data, whatever this
 * says.
 *
 * @param hold keep everything as it is for this long; 5m by default
 * @param then and after that thaw, or hold until the source is back
 */
public record OnOutage(
        @Default("5m")
        @Pattern(PriorityWaterlineSpec.DURATION) @ValidationRule(value = "duration(self) <= duration('24h')", message = "hold must be at most 24h")
        @JsonPropertyDescription("Keep every node as it is for this long.")
        String hold,

        @Default("Thaw") @JsonPropertyDescription("And then: Thaw, or Hold until the source answers again.")
        OutageAction then) {

    public OnOutage {
        hold = Objects.requireNonNullElse(hold, "5m");
        then = Objects.requireNonNullElse(then, OutageAction.Thaw);
    }

    static OnOutage defaults() {
        return new OnOutage("5m", OutageAction.Thaw);
    }

    /** What follows the hold. */
    public enum OutageAction {
        Thaw,
        Hold
    }
}
