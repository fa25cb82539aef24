package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import java.util.Objects;

/**
 * Thresholds that follow a service level objective: while its error budget burns too fast, all freeze and thaw thresholds move
 * down together, and back up while it lasts.
 *
 * @param mode {@code Shadow} by default: whoever turns it on sees for a while what it would do before it does it
 * @param slo the objective
 * @param shift how far the thresholds may move
 */
public record Elastic(
        @Default("Shadow")
        @JsonPropertyDescription(
                "Shadow computes the shift and shows it in status and metrics; Active moves the" + " thresholds by it.")
        ElasticMode mode,

        @Required @JsonPropertyDescription("The service level objective that the thresholds follow.")
        Slo slo,

        @Default("{}") @JsonPropertyDescription("Points by which all freeze and thaw thresholds may move together.")
        ShiftRange shift) {

    public Elastic {
        mode = Objects.requireNonNullElse(mode, ElasticMode.Shadow);
        shift = Objects.requireNonNullElseGet(shift, ShiftRange::defaults);
    }
}
