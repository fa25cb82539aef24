package dev.waterline.testbed.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A metric's name and labels. */
record SeriesId(String name, Map<String, String> labels) {
    SeriesId {
        labels = Map.copyOf(labels);
    }

    List<String> labelNames() {
        return new ArrayList<>(new TreeMap<>(labels).keySet());
    }

    List<String> labelValues() {
        return new ArrayList<>(new TreeMap<>(labels).values());
    }
}
