package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import java.util.Objects;

/**
 * The credible range of a signal, from 0.
 *
 * @param max a value above it makes the whole signal invalid for the pass; a percentage where a ratio is due is the usual
 *     cause; 1.5 by default
 */
public record Valid(
        @Default("1.5")
        @Min(0) @JsonPropertyDescription("A value above this makes the whole signal invalid for the pass: a percentage where"
                + " a ratio is due, for example.")
        Double max) {

    public Valid {
        max = Objects.requireNonNullElse(max, 1.5);
    }

    static Valid defaults() {
        return new Valid(1.5);
    }
}
