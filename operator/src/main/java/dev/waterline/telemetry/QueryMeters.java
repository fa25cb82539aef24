package dev.waterline.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** How metric servers answer. */
public final class QueryMeters {
    private final MeterRegistry registry;

    public QueryMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Records one query that was sent.
     *
     * @param server scheme, host and port of the metric server; {@code metrics.k8s.io} for the Metrics API
     * @param outcome {@code Fresh} or {@code Absent}, or the name of the cause of unavailability; a closed set
     * @param took from sending to the last byte, or to giving up
     */
    public void queried(String server, String outcome, Duration took) {
        Timer.builder("waterline.query.duration")
                .description("How long queries to metric servers took, by server and outcome.")
                .tag("server", server)
                .tag("outcome", outcome)
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(10))
                .register(registry)
                .record(took);
    }
}
