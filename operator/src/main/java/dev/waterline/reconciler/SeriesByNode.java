package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.Signal;
import dev.waterline.cluster.NodeNames;
import dev.waterline.decision.reading.Reading;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sorts the series of one answer to the nodes that they tell of.
 *
 * @param <T> what a series has to say
 */
final class SeriesByNode<T> {
    private record Told<T>(String label, T what) {}

    private final Signal signal;
    private final NodeNames names;
    private final Set<String> selected;
    private final Map<String, Told<T>> byNode = new HashMap<>();
    private UnmatchedSeries unmatched = UnmatchedSeries.NONE;

    /** @param selected the nodes that are asked about, by name; what is said of others is left out */
    SeriesByNode(Signal signal, NodeNames names, Set<String> selected) {
        this.signal = signal;
        this.names = names;
        this.selected = selected;
    }

    /** @return why the whole answer means nothing, if this series shows that it does not */
    Optional<Reading.Unavailable> add(Map<String, String> labels, T what) {
        var label = labels.get(signal.nodeLabel());
        if (label == null) {
            return Optional.of(new Reading.Unavailable(
                    Reading.Cause.BadResponse,
                    "signal %s: a series has no label %s; aggregate by (%s) or set nodeLabel"
                            .formatted(signal.name(), signal.nodeLabel(), signal.nodeLabel())));
        }
        return switch (names.match(label)) {
            case NodeNames.Match.Found(String node) ->
                selected.contains(node) ? put(node, label, what) : Optional.empty();
            case NodeNames.Match.Unknown _ -> leaveOut(label);
            case NodeNames.Match.Ambiguous several ->
                leaveOut("%s, which is an address of %s and %s"
                        .formatted(
                                label, several.nodes().get(0), several.nodes().get(1)));
        };
    }

    private Optional<Reading.Unavailable> put(String node, String label, T what) {
        var before = byNode.putIfAbsent(node, new Told<>(label, what));
        if (before == null) {
            return Optional.empty();
        }
        var both = before.label().equals(label) ? "" : ", named %s and %s".formatted(before.label(), label);
        return Optional.of(new Reading.Unavailable(
                Reading.Cause.SeveralSeries,
                "signal %s has several series for node %s%s; aggregate by (%s)"
                        .formatted(signal.name(), node, both, signal.nodeLabel())));
    }

    private Optional<Reading.Unavailable> leaveOut(String label) {
        unmatched = unmatched.and(label);
        return Optional.empty();
    }

    /** What was said of each selected node, by name. */
    Map<String, T> nodes() {
        var nodes = new HashMap<String, T>();
        byNode.forEach((node, told) -> nodes.put(node, told.what()));
        return nodes;
    }

    /** Whether any node is asked about. */
    boolean isAsked() {
        return !selected.isEmpty();
    }

    UnmatchedSeries unmatched() {
        return unmatched;
    }
}
