package dev.waterline.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What the bind guard answered, why, and how fast. */
public final class GuardMeters {
    private final MeterRegistry registry;
    private final Timer latency;

    public GuardMeters(MeterRegistry registry) {
        this.registry = registry;
        latency = Timer.builder("waterline.guard.verdict")
                .description("Time from a complete request to the bind guard's verdict.")
                .serviceLevelObjectives(
                        Duration.ofNanos(25_000),
                        Duration.ofNanos(50_000),
                        Duration.ofNanos(100_000),
                        Duration.ofNanos(500_000),
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofMillis(300),
                        Duration.ofSeconds(1))
                .register(registry);
    }

    /**
     * Counts one verdict.
     *
     * @param outcome {@code allowed}, {@code denied} or {@code malformed}
     * @param reason why, in snake case; a closed set
     * @param took from the complete request to the verdict
     */
    public void verdict(String outcome, String reason, Duration took) {
        Counter.builder("waterline.guard.verdicts")
                .description("Verdicts of the bind guard by outcome and reason.")
                .tag("outcome", outcome)
                .tag("reason", reason)
                .register(registry)
                .increment();
        latency.record(took);
    }
}
