package dev.waterline.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The series of one gauge, one for each owner and its tags. A series appears with its first value and goes when its
 * owner is forgotten, so that a deleted object leaves nothing behind.
 *
 * @param <K> what identifies the owner of some series
 */
final class GaugeSet<K> {
    private record Series(AtomicReference<Double> value, Meter.Id id) {}

    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final @Nullable String unit;
    private final Map<K, Map<Tags, Series>> owners = new ConcurrentHashMap<>();

    GaugeSet(MeterRegistry registry, String name, String description, @Nullable String unit) {
        this.registry = registry;
        this.name = name;
        this.description = description;
        this.unit = unit;
    }

    void set(K owner, Tags tags, double value) {
        owners.compute(owner, (key, existing) -> {
            Map<Tags, Series> series = existing == null ? new ConcurrentHashMap<>() : existing;
            series.computeIfAbsent(tags, this::register).value().set(value);
            return series;
        });
    }

    /** Removes one series of an owner: what it told is not known any more, and missing is not zero. */
    void clear(K owner, Tags tags) {
        owners.computeIfPresent(owner, (key, series) -> {
            Series gone = series.remove(tags);
            if (gone != null) {
                registry.remove(gone.id());
            }
            return series.isEmpty() ? null : series;
        });
    }

    void forget(K owner) {
        owners.computeIfPresent(owner, (key, series) -> {
            series.values().forEach(gone -> registry.remove(gone.id()));
            return null;
        });
    }

    private Series register(Tags tags) {
        AtomicReference<Double> value = new AtomicReference<>(Double.NaN);
        Gauge gauge = Gauge.builder(name, value, AtomicReference::get)
                .description(description)
                .baseUnit(unit)
                .tags(tags)
                .strongReference(true)
                .register(registry);
        return new Series(value, gauge.getId());
    }
}
