package dev.waterline.decision.pressure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which place in a node's arrays belongs to which signal and to which tier. All states of a pool share one, so that a step
 * compares it by identity and finds everything by position; states that have another, because the policy was edited or because
 * an earlier life of the process wrote them down, are rearranged by name once.
 *
 * @param signals names, in the policy's order
 * @param tiers names, lowest first
 */
record Layout(List<String> signals, List<String> tiers) {
    static final Layout EMPTY = new Layout(List.of(), List.of());

    Layout {
        signals = List.copyOf(signals);
        tiers = List.copyOf(tiers);
    }

    /** The layout for this policy: the one that the states have already, if it is theirs. */
    static Layout of(PressurePolicy policy, Map<String, NodeState> states) {
        var needed = new Layout(
                policy.signals().stream().map(Signal::name).toList(),
                policy.ladder().tiers().stream().map(Tier::name).toList());
        return states.values().stream()
                .limit(1)
                .map(NodeState::layout)
                .filter(needed::equals)
                .findFirst()
                .orElse(needed);
    }

    /** For each number of tiers the names of so many, lowest first. */
    List<List<String>> prefixes() {
        var prefixes = new ArrayList<List<String>>();
        for (int height = 0; height <= tiers.size(); height++) {
            prefixes.add(List.copyOf(tiers.subList(0, height)));
        }
        return prefixes;
    }
}
