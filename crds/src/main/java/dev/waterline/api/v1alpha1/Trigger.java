package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a number comes from, and what is due for it.
 *
 * <p>The rules write {@code metadata['threshold']} wherever the value's length counts: of {@code metadata.threshold} the API
 * server does not know the bound, and refuses the CRD for the cost.
 *
 * @param type {@code prometheus}
 * @param name shown in status and metrics; absent: {@code <type>-<index>}
 * @param metricType {@code AverageValue} (value per replica, the default) or {@code Value} (value as it is)
 * @param metadata the type's own settings, all strings as in KEDA
 */
@ValidationRule(
        value = "self.type == 'prometheus'",
        fieldPath = ".type",
        message = "type is not supported: the supported trigger type is prometheus")
@ValidationRule(
        value = "self.type != 'prometheus' || self.metadata.all(k, k in ['serverAddress', 'query', 'threshold',"
                + " 'activationThreshold', 'ignoreNullValues', 'metricName'])",
        fieldPath = ".metadata",
        message = "a prometheus trigger's metadata may hold serverAddress, query, threshold, activationThreshold,"
                + " ignoreNullValues and metricName (without effect): remove the other keys")
@ValidationRule(
        value = "self.type != 'prometheus' || (has(self.metadata.query) && self.metadata.query.size() > 0)",
        fieldPath = ".metadata",
        message = "metadata.query is missing: write the PromQL query")
@ValidationRule(
        value = "self.type != 'prometheus' || (has(self.metadata.threshold)"
                + " && self.metadata['threshold'].matches('^[0-9]{1,15}([.][0-9]{1,9})?$')"
                + " && double(self.metadata['threshold']) > 0.0)",
        fieldPath = ".metadata",
        message = "metadata.threshold must be a positive number in quotes, such as \"15\"")
@ValidationRule(
        value = "!has(self.metadata.activationThreshold)"
                + " || self.metadata['activationThreshold'].matches('^-?[0-9]{1,15}([.][0-9]{1,9})?$')",
        fieldPath = ".metadata",
        message = "metadata.activationThreshold must be a number in quotes, such as \"0\"")
@ValidationRule(
        value = "!has(self.metadata.ignoreNullValues) || self.metadata.ignoreNullValues in ['true', 'false']",
        fieldPath = ".metadata",
        message = "metadata.ignoreNullValues must be \"true\" or \"false\"")
public record Trigger(
        @Required String type,
        @Nullable String name,

        @Default("AverageValue")
        @JsonPropertyDescription("AverageValue: the threshold is per replica. Value: it is the total's.")
        MetricType metricType,

        @Required @Size(max = 32) Map<String, String> metadata) {

    public Trigger {
        metricType = Objects.requireNonNullElse(metricType, MetricType.AverageValue);
        metadata = Map.copyOf(Objects.requireNonNullElse(metadata, Map.of()));
    }

    /** How value and threshold relate, as in HPA's external metrics. */
    public enum MetricType {
        AverageValue,
        Value
    }
}
