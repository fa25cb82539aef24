package dev.waterline.benchmark;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Measured times.
 *
 * @param sorted ascending
 */
record Distribution(List<Duration> sorted) {
    static Distribution of(Collection<Duration> times) {
        return new Distribution(times.stream().sorted().toList());
    }

    /** @param share from 0 to 1 */
    Duration quantile(double share) {
        return sorted.isEmpty() ? Duration.ZERO : sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }

    Duration max() {
        return sorted.isEmpty() ? Duration.ZERO : sorted.getLast();
    }

    @Override
    public String toString() {
        return "p50 %s, p99 %s, max %s (n = %d)"
                .formatted(seconds(quantile(0.5)), seconds(quantile(0.99)), seconds(max()), sorted.size());
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000.0);
    }
}
