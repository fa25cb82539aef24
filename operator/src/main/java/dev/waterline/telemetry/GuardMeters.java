package dev.waterline.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What the bind guard answered, why, and how fast. */
public final class GuardMeters {
    /** Among them 25 ms, a boundary of the API server's own histogram of its webhooks, and its time-out of a second. */
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(25_000),
        Duration.ofNanos(50_000),
        Duration.ofNanos(100_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(300),
        Duration.ofMillis(600),
        Duration.ofSeconds(1)
    };

    private final MeterRegistry registry;

    public GuardMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Counts one verdict.
     *
     * @param request what was asked: {@code binding}, {@code creation}, or {@code warm_up} for what the process asked itself
     * @param outcome {@code allowed} or {@code denied}
     * @param reason why, in snake case; a closed set
     * @param took from the first byte of the request to the verdict
     */
    public void verdict(String request, String outcome, String reason, Duration took) {
        Counter.builder("waterline.guard.verdicts")
                .description("Verdicts of the bind guard by request, outcome and reason.")
                .tag("request", request)
                .tag("outcome", outcome)
                .tag("reason", reason)
                .register(registry)
                .increment();
        Timer.builder("waterline.guard.verdict")
                .description("Time from the first byte of a request to the bind guard's verdict.")
                .tag("request", request)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(took);
    }

    /** Counts a request that is not one that an API server sends. */
    public void malformed() {
        Counter.builder("waterline.guard.malformed")
                .description("Requests to the bind guard that were no review of a Binding or a Pod.")
                .register(registry)
                .increment();
    }
}
