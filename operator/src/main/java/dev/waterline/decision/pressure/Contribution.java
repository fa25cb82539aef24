package dev.waterline.decision.pressure;

import java.util.List;
import java.util.Map;

/**
 * The floor that one waterline wants for one node, and why.
 *
 * @param floor pods with priority below it may not land there
 * @param tier the highest frozen tier, which sets the floor
 * @param frozen every frozen tier by name
 * @param tiers names of the frozen tiers, lowest first
 * @param readings the smoothed ratios known of the node, by signal name
 */
public record Contribution(
        int floor, String tier, Map<String, FrozenTier> frozen, List<String> tiers, Map<String, Double> readings) {
    public Contribution {
        frozen = Map.copyOf(frozen);
        tiers = List.copyOf(tiers);
        readings = Map.copyOf(readings);
    }
}
