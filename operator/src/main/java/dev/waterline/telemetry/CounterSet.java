package dev.waterline.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The series of one counter, one for each owner and its tags, gone when the owner is forgotten.
 *
 * @param <K> what identifies the owner of some series
 */
final class CounterSet<K> {
    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final Map<K, Map<Tags, Counter>> owners = new ConcurrentHashMap<>();

    CounterSet(MeterRegistry registry, String name, String description) {
        this.registry = registry;
        this.name = name;
        this.description = description;
    }

    void increment(K owner, Tags tags) {
        owners.compute(owner, (key, existing) -> {
            Map<Tags, Counter> series = existing == null ? new ConcurrentHashMap<>() : existing;
            series.computeIfAbsent(tags, this::register).increment();
            return series;
        });
    }

    void forget(K owner) {
        owners.computeIfPresent(owner, (key, series) -> {
            series.values().forEach(counter -> registry.remove(counter.getId()));
            return null;
        });
    }

    private Counter register(Tags tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }
}
