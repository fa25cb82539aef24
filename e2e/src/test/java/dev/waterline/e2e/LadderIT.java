package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.observer.GuardTimeline;
import dev.waterline.testbed.NodeCapacity;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.junit.WithTestbed;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A ladder of four tiers and a second waterline over half of its nodes: every node gets the floor that a plain sum says. */
@Observed
@WithTestbed(group = "ladder")
class LadderIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int NODES = 200;
    private static final int ROUNDS = 3;
    private static final long SEED = 42;

    /** Levels of the first waterline in percent, and the floor from each on. */
    private static final NavigableMap<Integer, Integer> CPU = new TreeMap<>(Map.of(60, 1_000, 72, 5_000, 84, 100_000));

    /** The same of the second, which has its own tiers. */
    private static final NavigableMap<Integer, Integer> MEMORY = new TreeMap<>(Map.of(70, 3_000));

    @BeforeAll
    static void install(Testbed testbed) {
        TestPods.createClasses(testbed.client());
        TestPods.createClass(testbed.client(), "standard", 1_000);
        TestPods.createClass(testbed.client(), "middle", 3_000);
        TestPods.createClass(testbed.client(), "important", 5_000);
        InstalledOperator.in(testbed);
    }

    @Test
    void twoHundredNodesGetTheHighestFloorThatAnyWaterlineAsksFor(Testbed testbed) {
        var nodes = new ArrayList<>(
                testbed.nodes().create(NODES / 2, "ladder-a", Map.of("pool", "ladder"), NodeCapacity.STANDARD));
        var second = testbed.nodes()
                .create(NODES / 2, "ladder-b", Map.of("pool", "ladder", "memory", "watched"), NodeCapacity.STANDARD);
        nodes.addAll(second);
        nodes.forEach(node -> play(testbed, node, 30, 30));
        waterline(testbed, "ladder-cpu", """
                  nodeSelector: {matchLabels: {pool: ladder}}
                  signals: [{name: cpu, halfLife: 0s, maxAge: 5s, lag: 0s, prometheus: {query: node_utilisation_ratio}}]
                  tiers:
                  - {name: best-effort, waterlines: [{signal: cpu, freezeAbove: 60, thawBelow: 55}]}
                  - {name: standard, minPriority: 1000, waterlines: [{signal: cpu, freezeAbove: 72, thawBelow: 67}]}
                  - {name: important, minPriority: 5000, waterlines: [{signal: cpu, freezeAbove: 84, thawBelow: 79}]}
                  - {name: critical, priorityClassName: banking-critical}
                """);
        waterline(testbed, "ladder-memory", """
                  nodeSelector: {matchLabels: {memory: watched}}
                  signals: [{name: memory, halfLife: 0s, maxAge: 5s, lag: 0s, prometheus: {query: node_memory_ratio}}]
                  tiers:
                  - {name: low, waterlines: [{signal: memory, freezeAbove: 70, thawBelow: 65}]}
                  - {name: high, minPriority: 3000}
                """);
        await().atMost(SOON).until(() -> isEnforced(testbed, "ladder-cpu") && isEnforced(testbed, "ladder-memory"));
        var random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            var wanted = new HashMap<String, Integer>();
            for (var node : nodes) {
                int cpu = 30 + random.nextInt(66);
                int memory = 30 + random.nextInt(66);
                play(testbed, node, cpu, memory);
                floor(CPU, cpu, 5).ifPresent(floor -> wanted.merge(node, floor, Math::max));
                if (second.contains(node)) {
                    floor(MEMORY, memory, 5).ifPresent(floor -> wanted.merge(node, floor, Math::max));
                }
            }
            await("round " + round).atMost(SOON).untilAsserted(() -> {
                assertThat(tainted(testbed, nodes)).isEqualTo(wanted);
                assertThat(guarded(testbed)).isEqualTo(wanted);
            });
            judgeBinds(testbed, round, nodes.subList(0, 20), wanted);
            judgeBinds(testbed, round, second.subList(0, 20), wanted);
        }
        testbed.client()
                .resources(PriorityWaterline.class)
                .withName("ladder-cpu")
                .delete();
        testbed.client()
                .resources(PriorityWaterline.class)
                .withName("ladder-memory")
                .delete();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(tainted(testbed, nodes)).isEmpty());
        assertThat(guarded(testbed)).isEmpty();
    }

    /** Binds a pod of each class to some nodes: those that reach the floor land, and no others. */
    private static void judgeBinds(Testbed testbed, int round, List<String> nodes, Map<String, Integer> floors) {
        var classes = Map.of(
                TestPods.LOW, 100, "standard", 1_000, "middle", 3_000, "important", 5_000, TestPods.CRITICAL, 100_000);
        for (int i = 0; i < nodes.size(); i++) {
            var node = nodes.get(i);
            var name = classes.keySet().stream().sorted().toList().get(i % classes.size());
            int priority = classes.getOrDefault(name, 0);
            var pod = TestPods.unscheduled(testbed.client(), "ladder-%d-%s".formatted(round, node), name);
            var answer = TestPods.bind(testbed.client(), pod, node);
            assertThat(answer.isEmpty())
                    .as("%s on %s, whose floor is %s: %s", name, node, floors.get(node), answer)
                    .isEqualTo(priority >= floors.getOrDefault(node, 0));
        }
    }

    /** A value inside a band is moved above it, so that the floor does not depend on what was before. */
    private static Optional<Integer> floor(NavigableMap<Integer, Integer> levels, int percent, int band) {
        return Optional.ofNullable(levels.floorEntry(outside(levels, percent, band)))
                .map(Map.Entry::getValue);
    }

    private static int outside(NavigableMap<Integer, Integer> levels, int percent, int band) {
        var next = levels.higherKey(percent);
        return next != null && percent >= next - band ? next : percent;
    }

    private static void play(Testbed testbed, String node, int cpu, int memory) {
        testbed.exporter().node(node).utilisation(outside(CPU, cpu, 5) / 100.0);
        testbed.exporter().gauge("node_memory_ratio", Map.of("node", node)).set(outside(MEMORY, memory, 5) / 100.0);
    }

    private static void waterline(Testbed testbed, String name, String spec) {
        testbed.client()
                .resource(Serialization.unmarshal("""
                        apiVersion: waterline.dev/v1alpha1
                        kind: PriorityWaterline
                        metadata: {name: %s}
                        spec:
                          interval: 1s
                        %s  timing: {freezeAfter: 2s, thawAfter: 2s, minHold: 3s, panicAbove: 99, thawPercentPerMinute: 100}
                        """.formatted(name, spec.indent(0)), PriorityWaterline.class))
                .create();
    }

    private static boolean isEnforced(Testbed testbed, String name) {
        var status = testbed.client()
                .resources(PriorityWaterline.class)
                .withName(name)
                .require()
                .getStatus();
        return status != null
                && status.conditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Enforced")
                                && condition.getStatus().equals("True"));
    }

    private static Map<String, Integer> tainted(Testbed testbed, List<String> nodes) {
        var floors = new HashMap<String, Integer>();
        for (var node : testbed.client().nodes().list().getItems()) {
            if (nodes.contains(node.getMetadata().getName())) {
                node.getSpec().getTaints().stream()
                        .filter(taint -> Pool.TAINT.equals(taint.getKey()))
                        .forEach(taint -> floors.put(node.getMetadata().getName(), Integer.valueOf(taint.getValue())));
            }
        }
        return floors;
    }

    private static Map<String, Integer> guarded(Testbed testbed) {
        return GuardTimeline.read(testbed.audit(), 1).freezes().stream()
                .filter(freeze -> freeze.released() == null && freeze.acknowledged() != null)
                .collect(Collectors.toMap(freeze -> freeze.node(), freeze -> freeze.floor()));
    }
}
