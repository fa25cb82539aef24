package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.WaterlineAnnotations;
import dev.waterline.cluster.NodeSummary;
import dev.waterline.decision.override.NodeOverride;
import dev.waterline.decision.override.OverrideText;
import dev.waterline.decision.override.OverrideText.Meaning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * What the annotations of all nodes order at one moment.
 *
 * @param texts the annotations, of nodes that have any
 * @param inForce by node name
 * @param ignored why others are not followed, a sentence each, by node name
 */
record NodeOverrides(
        Map<String, NodeSummary.Overrides> texts,
        Map<String, NodeOverride> inForce,
        Map<String, List<String>> ignored) {
    static final NodeOverrides NONE = new NodeOverrides(Map.of(), Map.of(), Map.of());

    /** Each is in the policy that gives every new pod its tolerations, so there may not be any number of them. */
    static final int FLOORS = 16;

    /**
     * What differs from an earlier moment.
     *
     * @param begun by node name: in force, and was not so before
     * @param ended by node name: was in force, and nothing is now
     * @param ignored by node name: sentences that were not true before
     */
    record Changes(
            Map<String, NodeOverride> begun, Map<String, NodeOverride> ended, Map<String, List<String>> ignored) {}

    /**
     * @param classes the value of a PriorityClass by its name
     * @param obstacle why a floor may not be used yet; empty: nothing is known against it
     */
    static NodeOverrides of(
            Collection<NodeSummary> nodes,
            Function<String, OptionalInt> classes,
            IntFunction<Optional<String>> obstacle,
            Instant now) {
        var reading = new Reading(classes, obstacle, now);
        nodes.stream()
                .filter(node -> !node.overrides().equals(NodeSummary.Overrides.NONE))
                .sorted(Comparator.comparing(NodeSummary::name))
                .forEach(reading::take);
        return new NodeOverrides(Map.copyOf(reading.texts), Map.copyOf(reading.inForce), Map.copyOf(reading.ignored));
    }

    Changes since(NodeOverrides before) {
        var begun = new TreeMap<>(inForce);
        begun.entrySet().removeAll(before.inForce.entrySet());
        var ended = new TreeMap<>(before.inForce);
        ended.keySet().removeAll(inForce.keySet());
        var fresh = new TreeMap<String, List<String>>();
        ignored.forEach((node, sentences) -> {
            // That an order has come to its end is told as such; the annotation that is left is no mistake.
            boolean leftOver = ended.containsKey(node) && Objects.equals(texts.get(node), before.texts.get(node));
            var known = before.ignored.getOrDefault(node, List.of());
            var news = sentences.stream()
                    .filter(sentence -> !leftOver && !known.contains(sentence))
                    .toList();
            if (!news.isEmpty()) {
                fresh.put(node, news);
            }
        });
        return new Changes(begun, ended, fresh);
    }

    private static final class Reading {
        private final Function<String, OptionalInt> classes;
        private final IntFunction<Optional<String>> obstacle;
        private final Instant now;
        private final Map<String, NodeSummary.Overrides> texts = new HashMap<>();
        private final Map<String, NodeOverride> inForce = new HashMap<>();
        private final Map<String, List<String>> ignored = new HashMap<>();
        private final TreeSet<Integer> floors = new TreeSet<>();

        Reading(Function<String, OptionalInt> classes, IntFunction<Optional<String>> obstacle, Instant now) {
            this.classes = classes;
            this.obstacle = obstacle;
            this.now = now;
        }

        void take(NodeSummary node) {
            texts.put(node.name(), node.overrides());
            var thaw = node.overrides()
                    .thaw()
                    .flatMap(text -> followed(node, WaterlineAnnotations.THAW_OVERRIDE, OverrideText.thaw(text, now)));
            var freeze = node.overrides()
                    .freeze()
                    .flatMap(text -> followed(
                            node, WaterlineAnnotations.FREEZE_OVERRIDE, OverrideText.freeze(text, classes, now)));
            if (thaw.isPresent() && freeze.isPresent()) {
                ignore(
                        node,
                        WaterlineAnnotations.FREEZE_OVERRIDE,
                        WaterlineAnnotations.THAW_OVERRIDE + " wins over it");
            }
            thaw.or(() -> freeze.filter(override -> mayUse(node, override)))
                    .ifPresent(override -> inForce.put(node.name(), override));
        }

        private Optional<NodeOverride> followed(NodeSummary node, String annotation, Meaning meaning) {
            return switch (meaning) {
                case Meaning.InForce(NodeOverride override) -> Optional.of(override);
                case Meaning.Over(Instant until) -> {
                    ignore(node, annotation, "its end, " + until + ", has passed; remove it, or write a later one");
                    yield Optional.empty();
                }
                case Meaning.Refused(String sentence) -> {
                    ignore(node, annotation, sentence);
                    yield Optional.empty();
                }
            };
        }

        private boolean mayUse(NodeSummary node, NodeOverride override) {
            if (!(override instanceof NodeOverride.Freeze(int floor, Instant _))) {
                return true;
            }
            floors.add(floor);
            if (floors.size() <= FLOORS) {
                obstacle.apply(floor)
                        .ifPresent(why -> ignore(
                                node,
                                WaterlineAnnotations.FREEZE_OVERRIDE,
                                "its floor may not be used yet, a lower one at most: " + why));
                return true;
            }
            floors.remove(floor);
            ignore(
                    node,
                    WaterlineAnnotations.FREEZE_OVERRIDE,
                    "the overrides of other nodes name " + FLOORS + " different floors already; use one of these: "
                            + floors);
            return false;
        }

        private void ignore(NodeSummary node, String annotation, String why) {
            ignored.computeIfAbsent(node.name(), _ -> new ArrayList<>())
                    .add("Annotation " + annotation + " is not followed: " + why + ".");
        }
    }
}
