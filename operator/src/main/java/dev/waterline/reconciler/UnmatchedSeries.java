package dev.waterline.reconciler;

import java.util.Optional;

/**
 * The series of a signal's answer that name no node of the cluster.
 *
 * @param count how many
 * @param example one of their labels, the same as long as the series are; empty if there are none
 */
record UnmatchedSeries(int count, Optional<String> example) {
    static final UnmatchedSeries NONE = new UnmatchedSeries(0, Optional.empty());
    private static final int LONGEST = 120;

    /** One more. The first in alphabetical order is the example, so that it does not change from pass to pass. */
    UnmatchedSeries and(String label) {
        var shown = label.length() > LONGEST ? label.substring(0, LONGEST) + "…" : label;
        return new UnmatchedSeries(
                count + 1, example.filter(other -> other.compareTo(shown) <= 0).or(() -> Optional.of(shown)));
    }

    /** What to say of them, or nothing if there are none. */
    Optional<String> sentence(String signal, String nodeLabel) {
        return example.map(label ->
                "%d series of signal %s match no node, for example %s: let label %s hold names or addresses of Nodes, or set nodeLabel to one that does"
                        .formatted(count, signal, label, nodeLabel));
    }
}
