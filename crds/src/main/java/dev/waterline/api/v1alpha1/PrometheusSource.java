package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * A PromQL query and the server that answers it.
 *
 * @param serverAddress base URL of the Prometheus API; absent: the operator's {@code --prometheus-url}
 * @param query PromQL for an instant query that yields one ratio (0 to 1) per node
 */
public record PrometheusSource(
        @Pattern("^https?://[^@\\s]+$") @JsonPropertyDescription("Base URL of the Prometheus API. Default: the operator's --prometheus-url.")
        @Nullable String serverAddress,

        @Required
        @JsonPropertyDescription("PromQL that yields one series per node, whose value is a ratio from 0 to 1.")
        @Size(min = 1, max = 8192) String query) {}
