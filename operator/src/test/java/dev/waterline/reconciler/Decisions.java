package dev.waterline.reconciler;

import dev.waterline.decision.pressure.Evidence;
import dev.waterline.decision.pressure.FreezeDecision;
import dev.waterline.decision.pressure.Threshold;
import dev.waterline.decision.pressure.Timing;
import dev.waterline.decision.record.Change;
import dev.waterline.decision.record.DecisionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Decisions as a waterline would record them. */
final class Decisions {
    private static final Timing TIMING = new Timing(
            Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5), 0.95, Duration.ofSeconds(15));

    private Decisions() {}

    static DecisionRecord freeze(String node, Instant at) {
        var why = new Evidence.Hot(new Threshold("cpu", 0.82, 0.75, "standard"), 0.9, Duration.ofSeconds(10));
        return new DecisionRecord(
                "id-" + node,
                at,
                Optional.of(new DecisionRecord.Policy("core", 7, true)),
                new Change.OfTier(
                        new FreezeDecision.Freeze(node, "standard", why),
                        OptionalInt.of(9000),
                        List.of(new Change.Input("cpu", 0.91, 0.9, at)),
                        Optional.empty(),
                        TIMING));
    }
}
