package dev.waterline.reconciler;

import dev.waterline.decision.scaling.ScalingPolicy;
import java.util.List;

/** What a spec comes to. */
sealed interface ScalingPlan {

    record Usable(ScalingPolicy policy, List<NamedTrigger> triggers) implements ScalingPlan {
        public Usable {
            triggers = List.copyOf(triggers);
        }
    }

    /**
     * @param reason for the condition
     * @param message names the field and says what to write
     */
    record Invalid(String reason, String message) implements ScalingPlan {}
}
