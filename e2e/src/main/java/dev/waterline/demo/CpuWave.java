package dev.waterline.demo;

import dev.waterline.load.Repeating;
import dev.waterline.testbed.scenario.ScenarioExporter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** Plays {@link CpuScript} to Prometheus. */
final class CpuWave implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(250);
    private static final long NEVER = Long.MAX_VALUE;

    private final ScenarioExporter exporter;
    private final List<String> nodes;
    private final LongSupplier nanoTime;
    private final long began;
    private final Map<String, Double> values = new LinkedHashMap<>();
    private final Repeating player;
    private long climb = NEVER;
    private long fall = NEVER;

    CpuWave(ScenarioExporter exporter, List<String> nodes, LongSupplier nanoTime) {
        this.exporter = exporter;
        this.nodes = nodes;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
        step();
        player = Repeating.every(STEP, "cpu", this::step);
    }

    /** The nodes that climb over the waterline. */
    Set<String> hot() {
        var hot = new LinkedHashSet<String>();
        for (int i = 0; i < nodes.size(); i++) {
            if (CpuScript.getsHot(i)) {
                hot.add(nodes.get(i));
            }
        }
        return hot;
    }

    synchronized void climb() {
        climb = nanoTime.getAsLong();
    }

    synchronized void fall() {
        fall = nanoTime.getAsLong();
    }

    /** The utilisation of each node, from 0 to 1, in the order of the nodes. */
    synchronized Map<String, Double> values() {
        return new LinkedHashMap<>(values);
    }

    private synchronized void step() {
        for (int i = 0; i < nodes.size(); i++) {
            var node = nodes.get(i);
            double value = CpuScript.utilisation(i, since(began), since(climb), since(fall));
            exporter.node(node).utilisation(value);
            values.put(node, value);
        }
    }

    private double since(long moment) {
        return moment == NEVER ? -1 : (nanoTime.getAsLong() - moment) / 1e9;
    }

    @Override
    public void close() {
        player.close();
    }
}
