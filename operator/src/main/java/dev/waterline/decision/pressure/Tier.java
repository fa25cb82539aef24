package dev.waterline.decision.pressure;

import java.util.List;

/**
 * A rung of the ladder.
 *
 * @param name unique in its ladder
 * @param minPriority lowest pod priority of the tier; without effect for the first tier, which has no minimum
 * @param waterlines none: protected
 */
public record Tier(String name, int minPriority, List<Waterline> waterlines) {
    public Tier {
        waterlines = List.copyOf(waterlines);
    }

    /** Its own thresholds, as the spec has them. */
    List<Threshold> thresholds() {
        return waterlines.stream()
                .map(waterline -> waterline.threshold(name, Origin.SPEC))
                .toList();
    }
}
