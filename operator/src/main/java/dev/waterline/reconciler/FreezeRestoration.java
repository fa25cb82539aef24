package dev.waterline.reconciler;

import dev.waterline.cluster.FreezeAnnotation;
import dev.waterline.cluster.NodeSummary;
import dev.waterline.decision.pressure.Contribution;
import dev.waterline.decision.pressure.Ladder;
import dev.waterline.decision.pressure.NodeState;
import dev.waterline.decision.pressure.Tier;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out what an earlier life of the process had frozen: from the nodes' annotations, and for a node that the guard
 * already names but that was not marked any more before the process ended, from the guard.
 */
public final class FreezeRestoration {
    private volatile Map<String, Integer> guarded = Map.of();

    /** @param floors that the guard held when this process began to lead, by node name */
    public void inherit(Map<String, Integer> floors) {
        guarded = Map.copyOf(floors);
    }

    /** @param ladder of the waterline as it is now; empty while it cannot be resolved */
    WaterlineRun run(String uid, Collection<NodeSummary> nodes, Optional<Ladder> ladder, Instant now) {
        var states = states(uid, nodes, ladder, now);
        var contributions = new HashMap<String, Contribution>();
        for (var node : nodes) {
            var state = states.get(node.name());
            var floor = node.mark().floor().or(() -> Optional.ofNullable(guarded.get(node.name())));
            if (state != null && floor.isPresent() && !state.frozen().isEmpty()) {
                var tiers = state.frozen().keySet().stream()
                        .sorted(fromTheBottom(ladder))
                        .toList();
                contributions.put(
                        node.name(),
                        new Contribution(floor.get(), tiers.getLast(), state.frozen(), tiers, state.readings()));
            }
        }
        return new WaterlineRun(states, contributions);
    }

    /** A tier that the ladder no longer has comes first, so that the highest that it has is the one that counts. */
    private static Comparator<String> fromTheBottom(Optional<Ladder> ladder) {
        var names = ladder.stream()
                .flatMap(known -> known.tiers().stream())
                .map(Tier::name)
                .toList();
        return Comparator.<String>comparingInt(names::indexOf).thenComparing(Comparator.naturalOrder());
    }

    private Map<String, NodeState> states(
            String uid, Collection<NodeSummary> nodes, Optional<Ladder> ladder, Instant now) {
        var states = new HashMap<String, NodeState>();
        for (var node : nodes) {
            var annotation = node.mark().annotation().flatMap(text -> FreezeAnnotation.parse(text, node.uid()));
            if (annotation.isPresent()) {
                var share = annotation.get().waterlines().get(uid);
                if (share != null) {
                    states.put(node.name(), restored(share, now));
                }
            } else if (guarded.containsKey(node.name()) && ladder.isPresent()) {
                states.put(node.name(), belowFloor(ladder.get(), guarded.get(node.name()), now));
            }
        }
        return states;
    }

    private static NodeState restored(FreezeAnnotation.Share share, Instant now) {
        var since = new HashMap<String, Instant>();
        share.tiers().forEach((tier, frozen) -> since.put(tier, frozen.sinceInstant()));
        return NodeState.restored(since, share.readings(), now);
    }

    private static NodeState belowFloor(Ladder ladder, int floor, Instant now) {
        var since = new HashMap<String, Instant>();
        for (int i = 0; i < ladder.tiers().size(); i++) {
            if (ladder.floorAbove(i) <= floor && !ladder.thresholds(i).isEmpty()) {
                since.put(ladder.tiers().get(i).name(), now);
            }
        }
        return NodeState.restored(since, Map.of(), now);
    }
}
