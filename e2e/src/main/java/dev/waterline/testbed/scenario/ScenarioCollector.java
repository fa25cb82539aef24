package dev.waterline.testbed.scenario;

import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads every series at the moment of the scrape. */
final class ScenarioCollector extends Collector {
    private final Map<SeriesId, PlayedSeries> series;

    ScenarioCollector(Map<SeriesId, PlayedSeries> series) {
        this.series = series;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        var families = new TreeMap<String, Family>();
        series.forEach((id, played) -> {
            if (!played.isDropped()) {
                families.computeIfAbsent(id.name(), name -> Family.of(played)).add(id, played.value());
            }
        });
        var result = new ArrayList<MetricFamilySamples>();
        families.forEach((name, family) -> result.add(
                new MetricFamilySamples(name, family.type(), "Played by the testbed's scenario.", family.samples())));
        return result;
    }

    private record Family(Type type, List<MetricFamilySamples.Sample> samples) {
        static Family of(PlayedSeries played) {
            return new Family(
                    switch (played) {
                        case PlayedCounter counter -> Type.COUNTER;
                        case PlayedGauge gauge -> Type.GAUGE;
                    },
                    new ArrayList<>());
        }

        void add(SeriesId id, double value) {
            samples.add(new MetricFamilySamples.Sample(id.name(), id.labelNames(), id.labelValues(), value));
        }
    }
}
