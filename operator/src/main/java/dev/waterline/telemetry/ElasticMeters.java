package dev.waterline.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** What service level objectives do to thresholds. A waterline's series go when it is forgotten. */
public final class ElasticMeters {
    private static final String FAST = "5m";
    private static final String SLOW = "1h";

    private final GaugeSet<String> shift;
    private final GaugeSet<String> burn;

    public ElasticMeters(MeterRegistry registry) {
        shift = new GaugeSet<>(
                registry,
                "waterline.elastic.shift",
                "Points by which an SLO moves all thresholds, or in mode Shadow would move them.",
                "points");
        burn = new GaugeSet<>(
                registry,
                "waterline.elastic.burn",
                "How fast the error budget burns, by window; 1 uses it up exactly. Absent while unknown.",
                null);
    }

    /**
     * The shift of a waterline.
     *
     * @param mode {@code Shadow} or {@code Active}
     * @param points below 0 freezes earlier
     */
    public void shift(String waterline, String mode, double points) {
        shift.forget(waterline);
        shift.set(waterline, Tags.of("waterline", waterline, "mode", mode), points);
    }

    /** The burn of a waterline's error budget, each 0 or more. */
    public void burn(String waterline, double fast, double slow) {
        burn.set(waterline, window(waterline, FAST), fast);
        burn.set(waterline, window(waterline, SLOW), slow);
    }

    /** The burn is not known any more. */
    public void noBurn(String waterline) {
        burn.forget(waterline);
    }

    /** The waterline is gone, or has no objective any more. */
    public void forget(String waterline) {
        shift.forget(waterline);
        burn.forget(waterline);
    }

    private static Tags window(String waterline, String window) {
        return Tags.of("waterline", waterline, "window", window);
    }
}
