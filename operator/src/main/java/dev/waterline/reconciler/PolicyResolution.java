package dev.waterline.reconciler;

import dev.waterline.decision.pressure.PressurePolicy;

/** What a PriorityWaterline's spec comes to in this cluster, at this moment. */
sealed interface PolicyResolution {

    /** It can be decided on. */
    record Resolved(PressurePolicy policy) implements PolicyResolution {}

    /**
     * It cannot, until somebody changes something; what is frozen stays so.
     *
     * @param reason of the condition Ready
     * @param message one sentence that names the field and says what to do
     */
    record Unresolved(String reason, String message) implements PolicyResolution {}
}
