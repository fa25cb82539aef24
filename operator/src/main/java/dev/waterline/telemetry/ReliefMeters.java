package dev.waterline.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** What relief does to pods. A waterline's series go when it is forgotten. */
public final class ReliefMeters {
    private static final String WATERLINE = "waterline";
    private static final String TIER = "tier";

    private final GaugeSet<String> throttledPods;
    private final CounterSet<String> throttles;
    private final CounterSet<String> evictions;

    public ReliefMeters(MeterRegistry registry) {
        throttledPods = new GaugeSet<>(
                registry,
                "waterline.throttled.pods",
                "Pods whose CPU limits are lowered, by waterline and tier.",
                null);
        throttles = new CounterSet<>(registry, "waterline.throttles", "Pods whose CPU limits were lowered.");
        evictions = new CounterSet<>(
                registry,
                "waterline.evictions",
                "Evictions asked for, by outcome: evicted, blocked by a budget, refused.");
    }

    /** How many pods of a tier are throttled now. */
    public void throttledPods(String waterline, String tier, int pods) {
        throttledPods.set(waterline, Tags.of(WATERLINE, waterline, TIER, tier), pods);
    }

    /** A pod was throttled. */
    public void throttled(String waterline, String tier) {
        throttles.increment(waterline, Tags.of(WATERLINE, waterline, TIER, tier));
    }

    /** An eviction was asked for; the outcome is {@code evicted}, {@code blocked} or {@code refused}. */
    public void eviction(String waterline, String tier, String outcome) {
        evictions.increment(waterline, Tags.of(WATERLINE, waterline, TIER, tier, "outcome", outcome));
    }

    /** The waterline is gone. */
    public void forget(String waterline) {
        throttledPods.forget(waterline);
        throttles.forget(waterline);
        evictions.forget(waterline);
    }
}
