package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/**
 * One measurement of each node.
 *
 * @param name how waterlines refer to it
 * @param prometheus where it comes from
 * @param nodeLabel the series label that carries the Node's name; {@code node} by default
 * @param halfLife half-life of the exponential smoothing; {@code 20s} by default, {@code 0s} for raw values
 * @param maxAge a series older than this does not count as an answer; {@code 60s} by default
 * @param valid the range of credible values
 */
public record Signal(
        @Required
        @Size(max = 63)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
        @JsonPropertyDescription("How waterlines refer to this signal.")
        String name,

        @Required PrometheusSource prometheus,

        @Default("node")
        @Pattern("^[a-zA-Z_][a-zA-Z0-9_]*$")
        @JsonPropertyDescription("The series label that carries the name of the Node.")
        String nodeLabel,

        @Default("20s")
        @Pattern(PriorityWaterlineSpec.DURATION)
        @ValidationRule(value = "duration(self) <= duration('10m')", message = "halfLife must be at most 10m")
        @JsonPropertyDescription("Half-life of the exponential smoothing; 0s takes raw values.")
        String halfLife,

        @Default("60s")
        @Pattern(PriorityWaterlineSpec.DURATION)
        @ValidationRule(
                value = "duration(self) >= duration('1s') && duration(self) <= duration('1h')",
                message = "maxAge must be between 1s and 1h")
        @JsonPropertyDescription("A series whose last sample is older than this does not answer.")
        String maxAge,

        @Default("{}") Valid valid) {

    public Signal {
        nodeLabel = Objects.requireNonNullElse(nodeLabel, "node");
        halfLife = Objects.requireNonNullElse(halfLife, "20s");
        maxAge = Objects.requireNonNullElse(maxAge, "60s");
        valid = Objects.requireNonNullElseGet(valid, Valid::defaults);
    }
}
