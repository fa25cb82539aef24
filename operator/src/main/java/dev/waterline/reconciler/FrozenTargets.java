package dev.waterline.reconciler;

import dev.waterline.arbiter.Arbiter;
import dev.waterline.arbiter.Enforcer;
import dev.waterline.arbiter.NodeVerdict;
import dev.waterline.cluster.Landing;
import dev.waterline.cluster.NodeIndex;
import dev.waterline.cluster.NodeSummary;
import dev.waterline.cluster.PodTemplates;
import dev.waterline.cluster.PriorityClasses;
import dev.waterline.cluster.ScaleTarget;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Whether the pods of a target would find every node frozen that they could use: every node that the template's node selector,
 * required node affinity and tolerations allow. Whether there is room does not count; it changes faster than a decision, and
 * pods that wait for room are what makes a cluster grow.
 */
public final class FrozenTargets {
    private final Function<ScaleTarget, Optional<Landing>> templates;
    private final Supplier<Collection<NodeSummary>> nodes;
    private final ToIntFunction<Landing> priorities;
    private final Supplier<Map<String, Integer>> inForce;
    private final Supplier<Map<String, NodeVerdict>> verdicts;
    private final Function<String, Optional<String>> names;

    /**
     * @param inForce the floors that hold, by node name
     * @param verdicts why, by node name
     * @param names of PriorityWaterlines, by UID
     */
    FrozenTargets(
            Function<ScaleTarget, Optional<Landing>> templates,
            Supplier<Collection<NodeSummary>> nodes,
            ToIntFunction<Landing> priorities,
            Supplier<Map<String, Integer>> inForce,
            Supplier<Map<String, NodeVerdict>> verdicts,
            Function<String, Optional<String>> names) {
        this.templates = templates;
        this.nodes = nodes;
        this.priorities = priorities;
        this.inForce = inForce;
        this.verdicts = verdicts;
        this.names = names;
    }

    public FrozenTargets(
            PodTemplates templates,
            NodeIndex nodes,
            PriorityClasses classes,
            Enforcer enforcer,
            Arbiter arbiter,
            WaterlineRuns runs) {
        this(
                templates::of,
                nodes::all,
                landing -> priority(landing, classes),
                enforcer::inForce,
                arbiter::verdicts,
                runs::name);
    }

    /** The waterline that freezes them, or whoever does; empty: there is a node, or nothing is known of the template. */
    Optional<String> frozenBy(ScaleTarget target) {
        var floors = inForce.get();
        return floors.isEmpty()
                ? Optional.empty()
                : templates.apply(target).flatMap(landing -> frozenBy(landing, priorities.applyAsInt(landing), floors));
    }

    private Optional<String> frozenBy(Landing landing, int priority, Map<String, Integer> floors) {
        Optional<NodeSummary> first = Optional.empty();
        for (var node : nodes.get()) {
            if (landing.suits(node)) {
                Integer floor = floors.get(node.name());
                if (floor == null || floor <= priority) {
                    return Optional.empty();
                }
                first = first.or(() -> Optional.of(node));
            }
        }
        return first.map(node -> nameOf(node.name()));
    }

    private String nameOf(String node) {
        return Optional.ofNullable(verdicts.get().get(node))
                .filter(verdict -> !verdict.isByOverride())
                .flatMap(verdict -> verdict.contributions().entrySet().stream()
                        .max(Comparator.comparingInt(wanted -> wanted.getValue().floor())))
                .flatMap(wanted -> names.apply(wanted.getKey()))
                .map(name -> "PriorityWaterline " + name)
                .orElse("a person's override");
    }

    private static int priority(Landing landing, PriorityClasses classes) {
        return landing.priority()
                .orElseGet(() -> landing.priorityClass()
                        .map(name -> classes.value(name).orElse(0))
                        .orElseGet(classes::defaultValue));
    }
}
