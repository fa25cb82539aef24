package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.Signal;
import dev.waterline.cluster.MetricsApi;
import dev.waterline.cluster.NodeResources;
import dev.waterline.cluster.NodeSummary;
import dev.waterline.cluster.NodeUsage;
import dev.waterline.decision.pressure.SourceAnswer;
import dev.waterline.decision.reading.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;

/**
 * Signals that no Prometheus is named for: usage of CPU or memory from the Metrics API, as a share of the node's capacity.
 *
 * <p>Capacity and not allocatable, because that is what node_exporter's figures are shares of: a waterline means the same
 * whichever source it is read from. Each figure has its own time, and one that is older than {@code maxAge} is no answer for
 * its node; nor is one from so far in the future, because then nobody knows how old it is.
 */
final class MetricsApiSignals {
    private final MetricsApi api;
    private final InstantSource clock;

    MetricsApiSignals(MetricsApi api, InstantSource clock) {
        this.api = api;
        this.clock = clock;
    }

    SignalAnswer read(Signal signal, dev.waterline.decision.pressure.Signal valid, Collection<NodeSummary> nodes) {
        return switch (api.nodes()) {
            case NodeUsage.Unknown(Reading.Cause cause, String detail) ->
                SignalAnswer.silent(cause, "signal %s: %s".formatted(signal.name(), detail));
            case NodeUsage.Known usage -> ratios(signal, valid, nodes, usage, clock.instant());
        };
    }

    private static SignalAnswer ratios(
            Signal signal,
            dev.waterline.decision.pressure.Signal valid,
            Collection<NodeSummary> nodes,
            NodeUsage.Known usage,
            Instant now) {
        var maxAge = DurationText.parse(signal.maxAge());
        var ratios = new HashMap<String, Double>();
        for (var node : nodes) {
            var measured = usage.nodes().get(node.name());
            if (measured != null && Duration.between(measured.at(), now).abs().compareTo(maxAge) <= 0) {
                double ratio = amount(signal, measured.used()) / amount(signal, node.capacity());
                if (!Double.isNaN(ratio)) {
                    ratios.put(node.name(), ratio);
                }
            }
        }
        if (ratios.isEmpty() && !nodes.isEmpty()) {
            return SignalAnswer.silent(
                    Reading.Cause.EmptyResult,
                    "signal %s: the Metrics API has no figure of any selected node that is not older than %s"
                            .formatted(signal.name(), signal.maxAge()));
        }
        return new SignalAnswer(SourceAnswer.checked(valid, ratios, now), UnmatchedSeries.NONE);
    }

    private static double amount(Signal signal, NodeResources resources) {
        return switch (signal.resource()) {
            case cpu -> resources.cpu();
            case memory -> resources.memory();
            case null -> Double.NaN;
        };
    }
}
