package dev.waterline.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** What an API server says of itself at one moment. */
final class ApiServerMetrics {
    private static final String GUARD_ENTRY = ".bind.waterline.dev\"";
    private static final String LATENCY = "apiserver_admission_webhook_admission_duration_seconds";

    private final List<String> lines;

    private ApiServerMetrics(List<String> lines) {
        this.lines = lines;
    }

    static ApiServerMetrics of(KubernetesClient client) {
        return new ApiServerMetrics(client.raw("/metrics").lines().toList());
    }

    /** Calls of the guard that were answered. */
    double guardCalls() {
        return sum(LATENCY + "_count{", GUARD_ENTRY);
    }

    /** Those of them that took no longer than the upper bound of a bucket, such as {@code 0.025}. */
    double guardCallsWithin(String bucket) {
        return sum(LATENCY + "_bucket{", GUARD_ENTRY, "le=\"" + bucket + "\"");
    }

    /** Calls after which a pod was let pass because the guard had not answered. */
    double guardFailedOpen() {
        return sum("apiserver_admission_webhook_fail_open_count{", GUARD_ENTRY);
    }

    /** How often an entry was looked at, by whatever request. */
    double guardConditionsEvaluated() {
        return sum("apiserver_admission_match_condition_evaluation_seconds_count{", GUARD_ENTRY);
    }

    /** How long that took altogether. */
    double guardConditionSeconds() {
        return sum("apiserver_admission_match_condition_evaluation_seconds_sum{", GUARD_ENTRY);
    }

    private double sum(String begin, String... parts) {
        return lines.stream()
                .filter(line ->
                        line.startsWith(begin) && List.of(parts).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
