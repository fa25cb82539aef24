package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.WaterlineAnnotations;
import dev.waterline.decision.record.Action;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What people have switched by annotation, which beats what the spec says. */
enum Switch {
    /** Decide and act as the spec says. */
    NONE("Accepted", "Waterlines are evaluated.", Action.RESUME),
    /** Keep what is frozen, decide nothing. */
    PAUSED(
            "Paused",
            "Annotation " + WaterlineAnnotations.PAUSED + " is set: what is frozen stays so, and nothing is decided.",
            Action.PAUSE),
    /** Thaw everything and stay out. */
    THAW_ALL(
            "ThawAll",
            "Annotation " + WaterlineAnnotations.THAW_ALL + " is set: everything is thawed and stays so.",
            Action.THAW_ALL);

    private final String reason;
    private final String message;
    private final Action action;

    Switch(String reason, String message, Action action) {
        this.reason = reason;
        this.message = message;
        this.action = action;
    }

    static Switch of(HasMetadata resource) {
        var annotations = Objects.requireNonNullElse(resource.getMetadata().getAnnotations(), Map.<String, String>of());
        if ("true".equalsIgnoreCase(annotations.get(WaterlineAnnotations.THAW_ALL))) {
            return THAW_ALL;
        }
        return "true".equalsIgnoreCase(annotations.get(WaterlineAnnotations.PAUSED)) ? PAUSED : NONE;
    }

    /** The one that a status tells of. */
    static Switch shownBy(List<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> PressureConditions.READY.equals(condition.getType()))
                .flatMap(ready -> Arrays.stream(values()).filter(one -> one.reason.equals(ready.getReason())))
                .findFirst()
                .orElse(NONE);
    }

    String reason() {
        return reason;
    }

    /** What turning to it is. */
    Action action() {
        return action;
    }

    String message() {
        return message;
    }
}
