package dev.waterline.reconciler;

import dev.waterline.decision.scaling.ScalingDecision;
import dev.waterline.decision.scaling.ScalingStep;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one evaluation has come to.
 *
 * @param current the target's {@code spec.replicas} after it; empty: unknown
 * @param step what was decided; empty: nothing could be, or should be
 * @param paused what is known from before stays as it is
 */
record ScalingReport(List<ConditionFact> facts, OptionalInt current, Optional<ScalingStep> step, boolean paused) {
    ScalingReport {
        facts = List.copyOf(facts);
    }

    static ScalingReport undecided(ConditionFact ready, OptionalInt current) {
        return new ScalingReport(List.of(ready), current, Optional.empty(), false);
    }

    static ScalingReport decided(List<ConditionFact> facts, int current, ScalingStep step) {
        return new ScalingReport(
                facts, OptionalInt.of(current), Optional.of(step), step.decision() instanceof ScalingDecision.Paused);
    }
}
