package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectionTest {
    private static final Map<String, String> LABELS = Map.of("pool", "core", "zone", "a");

    @Test
    void anAbsentOrEmptySelectorPicksEveryNode() {
        assertThat(LabelSelection.matches(null, LABELS)).isTrue();
        assertThat(LabelSelection.matches(new LabelSelector(), Map.of())).isTrue();
    }

    @Test
    void everyMatchLabelMustBeMet() {
        var both = new LabelSelectorBuilder()
                .addToMatchLabels("pool", "core")
                .addToMatchLabels("zone", "b")
                .build();

        assertThat(LabelSelection.matches(labels("pool", "core"), LABELS)).isTrue();
        assertThat(LabelSelection.matches(labels("pool", "edge"), LABELS)).isFalse();
        assertThat(LabelSelection.matches(labels("rack", "core"), LABELS)).isFalse();
        assertThat(LabelSelection.matches(both, LABELS)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "pool, In, core, true",
        "pool, In, edge, false",
        "rack, In, core, false",
        "pool, NotIn, core, false",
        "pool, NotIn, edge, true",
        "rack, NotIn, core, true",
        "pool, Exists, , true",
        "rack, Exists, , false",
        "pool, DoesNotExist, , false",
        "rack, DoesNotExist, , true",
        "pool, Gt, core, false"
    })
    void expressionsMeanWhatKubernetesMeansByThem(
            String key, String operator, @Nullable String value, boolean expected) {
        var selector = new LabelSelectorBuilder()
                .addNewMatchExpression()
                .withKey(key)
                .withOperator(operator)
                .withValues(value == null ? List.of() : List.of(value))
                .endMatchExpression()
                .build();

        assertThat(LabelSelection.matches(selector, LABELS)).isEqualTo(expected);
    }

    @Test
    void labelsAndExpressionsMustBothBeMet() {
        var selector = new LabelSelectorBuilder(labels("pool", "core"))
                .addNewMatchExpression()
                .withKey("zone")
                .withOperator("NotIn")
                .withValues("a", "b")
                .endMatchExpression()
                .build();

        assertThat(LabelSelection.matches(selector, LABELS)).isFalse();
        assertThat(LabelSelection.matches(selector, Map.of("pool", "core", "zone", "c")))
                .isTrue();
    }

    private static LabelSelector labels(String key, String value) {
        return new LabelSelectorBuilder().addToMatchLabels(key, value).build();
    }
}
