package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.WaterlineAnnotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;

/** What people have switched by annotation, which beats what the spec says. */
enum Switch {
    /** Decide and act as the spec says. */
    NONE("Accepted", "Waterlines are evaluated."),
    /** Keep what is frozen, decide nothing. */
    PAUSED(
            "Paused",
            "Annotation " + WaterlineAnnotations.PAUSED + " is set: what is frozen stays so, and nothing is decided."),
    /** Thaw everything and stay out. */
    THAW_ALL("ThawAll", "Annotation " + WaterlineAnnotations.THAW_ALL + " is set: everything is thawed and stays so.");

    private final String reason;
    private final String message;

    Switch(String reason, String message) {
        this.reason = reason;
        this.message = message;
    }

    static Switch of(HasMetadata resource) {
        var annotations = Objects.requireNonNullElse(resource.getMetadata().getAnnotations(), Map.<String, String>of());
        if ("true".equalsIgnoreCase(annotations.get(WaterlineAnnotations.THAW_ALL))) {
            return THAW_ALL;
        }
        return "true".equalsIgnoreCase(annotations.get(WaterlineAnnotations.PAUSED)) ? PAUSED : NONE;
    }

    String reason() {
        return reason;
    }

    String message() {
        return message;
    }
}
