package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a label selector picks; an absent or empty one picks all. */
final class LabelSelection {
    private LabelSelection() {}

    static boolean matches(@Nullable LabelSelector selector, Map<String, String> labels) {
        if (selector == null) {
            return true;
        }
        return Objects.requireNonNullElse(selector.getMatchLabels(), Map.<String, String>of()).entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())))
                && selector.getMatchExpressions().stream().allMatch(requirement -> meets(requirement, labels));
    }

    private static boolean meets(LabelSelectorRequirement requirement, Map<String, String> labels) {
        @Nullable String value = labels.get(requirement.getKey());
        return switch (requirement.getOperator()) {
            case "In" -> value != null && requirement.getValues().contains(value);
            case "NotIn" -> value == null || !requirement.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
