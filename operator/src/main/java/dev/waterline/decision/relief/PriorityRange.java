package dev.waterline.decision.relief;

import dev.waterline.decision.pressure.Ladder;

/**
 * The pods of one tier, by priority.
 *
 * @param from the lowest priority that belongs to it
 * @param below the first priority that does not
 */
public record PriorityRange(int from, int below) {

    /** Pods of the tier at this index. The first tier has no minimum, the last ends where the cluster's own pods begin. */
    public static PriorityRange of(Ladder ladder, int tier) {
        return new PriorityRange(
                tier == 0 ? Integer.MIN_VALUE : ladder.tiers().get(tier).minPriority(), ladder.floorAbove(tier));
    }

    public boolean contains(int priority) {
        return priority >= from && priority < below;
    }
}
