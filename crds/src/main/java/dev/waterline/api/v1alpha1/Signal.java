package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One measurement of each node.
 *
 * @param name how waterlines refer to it
 * @param prometheus where it comes from; absent: the Metrics API, which knows nodes' CPU and memory only
 * @param resource what it measures; absent: {@code cpu} or {@code memory} if it is so named, else neither
 * @param nodeLabel the series label that carries the Node's name; {@code node} by default
 * @param halfLife half-life of the exponential smoothing; {@code 20s} by default, {@code 0s} for raw values
 * @param maxAge a series older than this does not count as an answer; {@code 60s} by default
 * @param valid the range of credible values
 */
@ValidationRule(
        value = "has(self.prometheus) || has(self.resource) || self.name in ['cpu', 'memory']",
        fieldPath = ".prometheus",
        message = "a signal without prometheus comes from the Metrics API, which knows cpu and memory only: add"
                + " prometheus.query, or set resource to cpu or memory")
public record Signal(
        @Required
        @Size(max = 63) @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$") @JsonPropertyDescription("How waterlines refer to this signal.")
        String name,

        @JsonPropertyDescription(
                "The query that yields it. Absent: usage over capacity of the resource, from the Metrics API"
                        + " (metrics.k8s.io).")
        @Nullable PrometheusSource prometheus,

        @JsonPropertyDescription(
                "What it measures: cpu or memory. A signal of that name has it by default; other signals have none.")
        @Nullable SignalResource resource,

        @Default("node")
        @Pattern("^[a-zA-Z_][a-zA-Z0-9_]*$") @JsonPropertyDescription("The series label that carries the name of the Node.")
        String nodeLabel,

        @Default("20s")
        @Pattern(PriorityWaterlineSpec.DURATION) @ValidationRule(value = "duration(self) <= duration('10m')", message = "halfLife must be at most 10m")
        @JsonPropertyDescription("Half-life of the exponential smoothing; 0s takes raw values.")
        String halfLife,

        @Default("60s")
        @Pattern(PriorityWaterlineSpec.DURATION) @ValidationRule(
                value = "duration(self) >= duration('1s') && duration(self) <= duration('1h')",
                message = "maxAge must be between 1s and 1h")
        @JsonPropertyDescription("A series whose last sample is older than this does not answer.")
        String maxAge,

        @Default("60s")
        @Pattern(PriorityWaterlineSpec.DURATION) @ValidationRule(value = "duration(self) <= duration('1h')", message = "lag must be at most 1h")
        @JsonPropertyDescription(
                "For so long the usage of a newly bound pod does not show in this signal, and is estimated from"
                        + " its requests; 0s: it is not.")
        String lag,

        @Default("{}") Valid valid) {

    public Signal {
        resource = resource == null ? ofThatName(name) : resource;
        nodeLabel = Objects.requireNonNullElse(nodeLabel, "node");
        halfLife = Objects.requireNonNullElse(halfLife, "20s");
        maxAge = Objects.requireNonNullElse(maxAge, "60s");
        lag = Objects.requireNonNullElse(lag, "60s");
        valid = Objects.requireNonNullElseGet(valid, Valid::defaults);
    }

    private static @Nullable SignalResource ofThatName(String name) {
        return switch (name) {
            case "cpu" -> SignalResource.cpu;
            case "memory" -> SignalResource.memory;
            default -> null;
        };
    }
}
