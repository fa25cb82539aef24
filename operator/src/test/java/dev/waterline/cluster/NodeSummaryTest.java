package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.arbiter.NodeMarks.Mark;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSummaryTest {
    private static final String KEY = "example.org/waterline";

    @Test
    void aBareNodeCarriesNoMark() {
        assertThat(NodeSummary.of(node(), KEY))
                .isEqualTo(new NodeSummary(
                        "n1",
                        "uid-1",
                        "7",
                        Map.of(),
                        Mark.NONE,
                        List.of(),
                        NodeResources.UNKNOWN,
                        NodeResources.UNKNOWN,
                        NodeSummary.Overrides.NONE,
                        List.of()));
    }

    @Test
    void theMarkIsOurTaintAndOurAnnotation() {
        var node = new NodeBuilder(node(new Taint("NoSchedule", "gpu", null, "5"), ours("1000000001")))
                .editMetadata()
                .addToLabels("pool", "core")
                .addToAnnotations("waterline.dev/freeze", "{}")
                .endMetadata()
                .build();

        var summary = NodeSummary.of(node, KEY);

        assertThat(summary.mark()).isEqualTo(new Mark(Optional.of(1_000_000_001), Optional.of("{}")));
        assertThat(summary.labels()).isEqualTo(Map.of("pool", "core"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "high", "-1", "01000", "9999999999", "10000000000", "1000 "})
    void aValueThatWeWouldNotWriteIsSeenAsATaintToBeCorrected(String value) {
        assertThat(NodeSummary.of(node(ours(value)), KEY).mark().floor()).hasValue(0);
    }

    @Test
    void aSecondTaintWithOurKeyOrAnotherEffectIsSeenAsOneToBeCorrected() {
        var evicting = new Taint("NoExecute", KEY, null, "1000");

        assertThat(NodeSummary.of(node(ours("1000"), evicting), KEY).mark().floor())
                .hasValue(0);
        assertThat(NodeSummary.of(node(evicting), KEY).mark().floor()).hasValue(0);
    }

    private static Taint ours(String value) {
        return new Taint("NoSchedule", KEY, null, value);
    }

    private static Node node(Taint... taints) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName("n1")
                .withUid("uid-1")
                .withResourceVersion("7")
                .endMetadata()
                .withNewSpec()
                .withTaints(taints)
                .endSpec()
                .build();
    }
}
