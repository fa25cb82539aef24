package dev.waterline.decision.pressure;

import java.util.List;

/** Renders the state of a node as the floor that it wants. */
final class Floors {
    private final Ladder ladder;
    private final Layout layout;
    private final List<List<String>> prefixes;

    Floors(Ladder ladder, Layout layout) {
        this.ladder = ladder;
        this.layout = layout;
        this.prefixes = layout.prefixes();
    }

    /** @param state frozen; its frozen tiers are a prefix of the ladder */
    Contribution contribution(NodeState state) {
        var frozen = state.frozen();
        int height = frozen.size();
        return new Contribution(
                ladder.floorAbove(height - 1),
                layout.tiers().get(height - 1),
                frozen,
                prefixes.get(height),
                state.readings());
    }
}
