package dev.waterline.arbiter;

import dev.waterline.decision.pressure.Contribution;
import java.util.Map;

/**
 * What is in force for one node.
 *
 * @param floor pods with priority below it may not land there; the highest of all contributions
 * @param contributions every waterline's wish, by the UID of the PriorityWaterline
 */
public record NodeVerdict(int floor, Map<String, Contribution> contributions) {
    public NodeVerdict {
        contributions = Map.copyOf(contributions);
    }
}
