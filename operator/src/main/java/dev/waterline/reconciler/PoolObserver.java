package dev.waterline.reconciler;

import dev.waterline.cluster.NodeResources;
import dev.waterline.cluster.NodeSummary;
import dev.waterline.cluster.PodSummary;
import dev.waterline.decision.pressure.Observation;
import dev.waterline.decision.pressure.PoolNode;
import dev.waterline.decision.pressure.ReservedGrowth;
import dev.waterline.decision.pressure.ReservedGrowth.Amount;
import dev.waterline.decision.pressure.ReservedGrowth.BoundPod;
import dev.waterline.decision.pressure.Signal;
import dev.waterline.decision.pressure.SourceAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Puts together what one pass sees of a pool: its nodes, what the sources say, and what is bound but not yet measured. */
final class PoolObserver {
    private final Supplier<Collection<PodSummary>> pods;

    PoolObserver(Supplier<Collection<PodSummary>> pods) {
        this.pods = pods;
    }

    Observation observe(List<Signal> signals, List<NodeSummary> nodes, Map<String, SourceAnswer> answers, Instant now) {
        return new Observation(
                nodes.stream()
                        .map(node -> new PoolNode(node.name(), node.zone()))
                        .toList(),
                answers,
                reserved(signals, nodes, now));
    }

    private Map<String, Map<String, Double>> reserved(List<Signal> signals, List<NodeSummary> nodes, Instant now) {
        var longest = signals.stream()
                .filter(signal -> signal.resource().isPresent())
                .map(Signal::lag)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        if (longest.isZero()) {
            return Map.of();
        }
        var youngest = now.minus(longest);
        var recent = pods.get().stream()
                .filter(pod -> pod.isBound()
                        && !pod.finished()
                        && pod.boundAt().filter(at -> at.isAfter(youngest)).isPresent())
                .map(PoolObserver::bound)
                .toList();
        var allocatable =
                nodes.stream().collect(Collectors.toMap(NodeSummary::name, node -> amount(node.allocatable())));
        return ReservedGrowth.ratios(signals, recent, allocatable, now);
    }

    private static BoundPod bound(PodSummary pod) {
        return new BoundPod(
                pod.nodeName(),
                pod.boundAt().orElseThrow(),
                new Amount(pod.cpuRequestMillis(), pod.memoryRequestBytes()),
                pod.cpuLimitMillis());
    }

    /** What is not known counts as nothing, on which nothing is reserved. */
    private static Amount amount(NodeResources resources) {
        return new Amount((long) (resources.cpu() * 1_000), (long) resources.memory());
    }
}
