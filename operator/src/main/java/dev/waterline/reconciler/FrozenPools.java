package dev.waterline.reconciler;

import dev.waterline.arbiter.NodeVerdict;
import dev.waterline.decision.pressure.Contribution;
import dev.waterline.decision.pressure.FrozenTier;
import dev.waterline.decision.pressure.Ladder;
import dev.waterline.decision.pressure.PressureSentence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which nodes are frozen for whom at one moment. It answers for a priority in constant time once it has been asked for it. */
final class FrozenPools {
    /**
     * What a waterline governs.
     *
     * @param name of the PriorityWaterline
     * @param nodes how many nodes it selects
     */
    record Pool(String name, int nodes, Ladder ladder) {
        /** The highest tier whose minimum the priority reaches. */
        String tierOf(int priority) {
            var tiers = ladder.tiers();
            int highest = 0;
            for (int i = 1; i < tiers.size(); i++) {
                if (priority >= tiers.get(i).minPriority()) {
                    highest = i;
                }
            }
            return tiers.get(highest).name();
        }
    }

    /**
     * A pool that keeps pods of some priority away from some nodes.
     *
     * @param pool empty: people's overrides, whichever waterline governs the nodes
     * @param frozen how many nodes
     * @param below they are frozen for priorities below this one at least
     * @param example one of the nodes, and why it is frozen
     */
    record Obstacle(Optional<Pool> pool, int frozen, int below, String example) {
        /** What is the same while the situation is the same, whatever the number of nodes. */
        String name() {
            return pool.map(Pool::name).orElse("");
        }
    }

    private record Frozen(String node, int floor, String why) {}

    private final Map<String, Pool> pools;
    private final Map<String, List<Frozen>> frozenByPool = new TreeMap<>();
    private final List<Frozen> overridden = new ArrayList<>();
    private final Map<Integer, List<Obstacle>> asked = new HashMap<>();
    private final OptionalInt highestFloor;

    /**
     * @param pools by UID of the PriorityWaterline
     * @param inForce what the guard enforces, by node name
     * @param verdicts and why, by node name
     */
    FrozenPools(Map<String, Pool> pools, Map<String, Integer> inForce, Map<String, NodeVerdict> verdicts) {
        this.pools = pools;
        highestFloor = inForce.values().stream().mapToInt(Integer::intValue).max();
        new TreeMap<>(inForce).forEach((node, floor) -> {
            var verdict = verdicts.get(node);
            if (verdict != null) {
                verdict.contributions()
                        .forEach((uid, wanted) -> frozenByPool
                                .computeIfAbsent(uid, _ -> new ArrayList<>())
                                .add(new Frozen(node, Math.min(floor, wanted.floor()), why(wanted))));
                verdict.override()
                        .ifPresent(override -> overridden.add(new Frozen(
                                node,
                                Math.min(floor, override.floor()),
                                "a person's override until " + override.until())));
            }
        });
    }

    /** Pods of this priority or more are kept away from no node. Empty: nothing is frozen. */
    OptionalInt highestFloor() {
        return highestFloor;
    }

    /** What keeps a pod of this priority away from nodes; empty: nothing of ours. */
    List<Obstacle> obstacles(int priority) {
        return asked.computeIfAbsent(priority, this::find);
    }

    private List<Obstacle> find(int priority) {
        var obstacles = new ArrayList<Obstacle>();
        frozenByPool.forEach((uid, nodes) -> Optional.ofNullable(pools.get(uid))
                .flatMap(pool -> obstacle(Optional.of(pool), nodes, priority))
                .ifPresent(obstacles::add));
        obstacle(Optional.empty(), overridden, priority).ifPresent(obstacles::add);
        return List.copyOf(obstacles);
    }

    private static Optional<Obstacle> obstacle(Optional<Pool> pool, List<Frozen> nodes, int priority) {
        var above = nodes.stream().filter(node -> node.floor() > priority).toList();
        return above.stream()
                .findFirst()
                .map(first -> new Obstacle(
                        pool,
                        above.size(),
                        above.stream().mapToInt(Frozen::floor).min().orElseThrow(),
                        "node " + first.node() + ": " + first.why()));
    }

    private static String why(Contribution wanted) {
        return Optional.ofNullable(wanted.frozen().get(wanted.tier()))
                .map(FrozenTier::why)
                .map(PressureSentence::of)
                .orElse("tier " + wanted.tier() + " is frozen");
    }

    /** For people, about one pod. */
    static String sentence(int priority, List<Obstacle> obstacles) {
        return obstacles.stream().map(FrozenPools::sentence).collect(Collectors.joining("; "))
                + ". This pod has priority " + priority + " and may not land there. For example "
                + obstacles.getFirst().example()
                + ". Whether another node suits the pod, its FailedScheduling event says.";
    }

    private static String sentence(Obstacle obstacle) {
        var verb = obstacle.frozen() == 1 ? "is" : "are";
        return obstacle.pool()
                .map(pool -> "%d of %d nodes that PriorityWaterline %s governs %s frozen below priority %d"
                        .formatted(obstacle.frozen(), pool.nodes(), pool.name(), verb, obstacle.below()))
                .orElseGet(() -> "%d %s %s frozen below priority %d by a person's override"
                        .formatted(
                                obstacle.frozen(), obstacle.frozen() == 1 ? "node" : "nodes", verb, obstacle.below()));
    }
}
