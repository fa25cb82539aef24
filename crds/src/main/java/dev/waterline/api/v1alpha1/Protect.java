package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import java.util.Objects;

/**
 * The Jobs that a window is for.
 *
 * @param namespaces by name: a namespace does not get into the ledger by a label that it may give itself
 * @param jobSelector on the Jobs' labels; not empty
 */
public record Protect(
        @Required @JsonPropertyDescription("Names of the namespaces in which the Jobs are.") @Size(min = 1, max = 32) List<String> namespaces,

        @Required
        @ValidationRule(
                value = "has(self.matchLabels) && self.matchLabels.size() > 0"
                        + " || has(self.matchExpressions) && self.matchExpressions.size() > 0",
                message =
                        "jobSelector must select by matchLabels or matchExpressions: name the labels of the Jobs to protect")
        @JsonPropertyDescription("Labels of the Jobs.")
        LabelSelector jobSelector) {

    public Protect {
        namespaces = List.copyOf(Objects.requireNonNullElse(namespaces, List.of()));
    }
}
