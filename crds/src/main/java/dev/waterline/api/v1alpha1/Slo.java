package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A service level objective as two counts of events. Each query yields one series and is asked twice, with {@code $window}
 * replaced by {@code 5m} and by {@code 1h}.
 *
 * @param serverAddress base URL of the Prometheus API; absent: the operator's {@code --prometheus-url}
 * @param good PromQL: how many events within {@code $window} met the objective
 * @param total PromQL: how many events there were within {@code $window}
 * @param objective percent of the events that should be good, 50 to 99.9999
 * @param minEvents fewer events in a window say nothing, and the shift is held; 1000 by default
 */
@ValidationRule(
        value = "self.good.contains('$window')",
        fieldPath = ".good",
        message = "good must contain $window, which stands for 5m and 1h in turn, such as"
                + " sum(increase(http_requests_total{code!~\"5..\"}[$window]))")
@ValidationRule(
        value = "self.total.contains('$window')",
        fieldPath = ".total",
        message = "total must contain $window, which stands for 5m and 1h in turn, such as"
                + " sum(increase(http_requests_total[$window]))")
@ValidationRule(
        value = "self.objective <= 99.9999",
        fieldPath = ".objective",
        message = "objective must be at most 99.9999: with 100 there is no error budget whose burn could be followed")
public record Slo(
        @Pattern("^https?://[^@\\s]+$") @JsonPropertyDescription("Base URL of the Prometheus API. Default: the operator's --prometheus-url.")
        @Nullable String serverAddress,

        @Required
        @JsonPropertyDescription("PromQL that yields one series: how many events within $window met the objective."
                + " $window is replaced by 5m and by 1h.")
        @Size(min = 1, max = 8192) String good,

        @Required
        @JsonPropertyDescription("PromQL that yields one series: how many events there were within $window."
                + " $window is replaced by 5m and by 1h.")
        @Size(min = 1, max = 8192) String total,

        @Required
        @Min(50) @Max(100) @JsonPropertyDescription("Percent of the events that should be good, such as 99.9; at most 99.9999.")
        double objective,

        @Default("1000")
        @Min(1) @Max(1_000_000_000) @JsonPropertyDescription("Fewer events than this in a window say nothing: the shift is held.")
        Integer minEvents) {

    public Slo {
        minEvents = Objects.requireNonNullElse(minEvents, 1000);
    }
}
