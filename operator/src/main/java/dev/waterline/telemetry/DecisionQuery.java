package dev.waterline.telemetry;

import dev.waterline.decision.record.DecisionRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * Which decisions somebody wants to see. What is absent does not matter.
 *
 * @param waterline name of the PriorityWaterline that decided
 * @param node name of the node
 * @param tier name of the tier
 * @param since decided at this time or later
 * @param limit how many at most, 1 to {@link #MOST}
 */
public record DecisionQuery(
        Optional<String> waterline, Optional<String> node, Optional<String> tier, Optional<Instant> since, int limit) {
    public static final int DEFAULT = 100;
    public static final int MOST = 1_000;

    boolean matches(DecisionRecord decision) {
        return isOrIsNotAsked(waterline, decision.waterline())
                && isOrIsNotAsked(node, decision.change().node())
                && isOrIsNotAsked(tier, decision.change().tier())
                && since.filter(decision.at()::isBefore).isEmpty();
    }

    private static boolean isOrIsNotAsked(Optional<String> asked, Optional<String> present) {
        return asked.isEmpty() || asked.equals(present);
    }
}
