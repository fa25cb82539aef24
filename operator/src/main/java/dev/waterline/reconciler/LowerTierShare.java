package dev.waterline.reconciler;

import dev.waterline.cluster.NodeSummary;
import dev.waterline.cluster.PodSummary;
import dev.waterline.decision.pressure.Ladder;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which share of a pool's CPU the pods have that its waterline may freeze, by their requests. A pod that requests nothing counts
 * as a quarter of a core, for it would else look as if nobody ran. Pods of DaemonSets and static pods do not count: no freeze
 * keeps them away.
 */
final class LowerTierShare {
    private static final long UNREQUESTED_MILLIS = 250;

    private LowerTierShare() {}

    /** @return 0 or more; empty if the ladder freezes nothing, or the nodes do not say what they have */
    static OptionalDouble of(Ladder ladder, Collection<PodSummary> pods, List<NodeSummary> nodes) {
        var floor = highestFloor(ladder);
        double allocatable = nodes.stream()
                .mapToDouble(node -> node.allocatable().cpu())
                .filter(Double::isFinite)
                .sum();
        if (floor.isEmpty() || allocatable <= 0) {
            return OptionalDouble.empty();
        }
        var names = nodes.stream().map(NodeSummary::name).collect(Collectors.toSet());
        long requested = pods.stream()
                .filter(pod -> pod.priority() < floor.getAsInt() && names.contains(pod.nodeName()))
                .filter(pod -> !pod.finished() && !pod.mirror() && !pod.isDaemonSetPod())
                .mapToLong(pod -> pod.cpuRequestMillis() > 0 ? pod.cpuRequestMillis() : UNREQUESTED_MILLIS)
                .sum();
        return OptionalDouble.of(requested / (1_000 * allocatable));
    }

    private static OptionalInt highestFloor(Ladder ladder) {
        return IntStream.range(0, ladder.tiers().size())
                .filter(tier -> !ladder.thresholds(tier).isEmpty())
                .map(ladder::floorAbove)
                .max();
    }
}
