package dev.waterline.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Whether this replica leads, and how long its certificates last. */
public final class ProcessMeters {
    private final MeterRegistry registry;

    public ProcessMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Publishes whether this replica may write now. */
    public void leading(BooleanSupplier leading) {
        Gauge.builder("waterline.leader", () -> leading.getAsBoolean() ? 1 : 0)
                .description("1 on the replica that may write, 0 elsewhere.")
                .strongReference(true)
                .register(registry);
    }

    /**
     * Publishes how long a certificate is still valid; negative once it has expired.
     *
     * @param certificate {@code serving} or {@code ca}
     */
    public void certificateExpiry(String certificate, Supplier<Instant> notAfter, InstantSource clock) {
        Gauge.builder("waterline.certificate.expiry", () -> secondsUntil(notAfter.get(), clock))
                .description("Time until a webhook certificate expires.")
                .baseUnit("seconds")
                .tag("certificate", certificate)
                .strongReference(true)
                .register(registry);
    }

    private static double secondsUntil(Instant instant, InstantSource clock) {
        return Duration.between(clock.instant(), instant).toMillis() / 1000.0;
    }
}
