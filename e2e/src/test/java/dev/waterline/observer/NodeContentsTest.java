package dev.waterline.observer;

import static dev.waterline.observer.AuditRecords.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.api.v1alpha1.WaterlineAnnotations;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NodeContentsTest {
    private static final Taint OURS = new Taint("NoSchedule", Marks.TAINT_KEY, null, "1000");
    private static final Taint FOREIGN = new Taint("NoSchedule", "example.org/theirs", null, "x");

    private final NodeContents contents = new NodeContents();

    @Test
    void aFreezeThatLeavesForeignContentAloneIsFine() {
        seen(0, Map.of("zone", "a"), Map.of("other", "1"), FOREIGN);
        seen(1, Map.of("zone", "a"), Map.of("other", "1", WaterlineAnnotations.FREEZE, "{}"), FOREIGN, OURS);
        assertThat(contents.violations(at(2))).isEmpty();
    }

    @Test
    void aForeignEditBetweenTwoOfOursIsFine() {
        seen(0, Map.of(), Map.of());
        seen(1, Map.of(), Map.of(WaterlineAnnotations.FREEZE, "{}"), OURS);
        seen(2, Map.of("zone", "b"), Map.of(WaterlineAnnotations.FREEZE, "{}"), OURS, FOREIGN);
        seen(3, Map.of("zone", "b"), Map.of(), FOREIGN);
        assertThat(contents.violations(at(4))).isEmpty();
    }

    @Test
    void aForeignTaintThatGoesAsOursComesIsAViolation() {
        seen(0, Map.of(), Map.of(), FOREIGN);
        seen(1, Map.of(), Map.of(WaterlineAnnotations.FREEZE, "{}"), OURS);
        assertThat(contents.violations(at(2)))
                .extracting(Violation::invariant)
                .containsExactly(Invariant.FOREIGN_CONTENT_STAYS);
    }

    @Test
    void aLabelThatChangesAsOurTaintGoesIsAViolation() {
        seen(0, Map.of("zone", "a"), Map.of(WaterlineAnnotations.FREEZE, "{}"), OURS);
        seen(1, Map.of("zone", "b"), Map.of());
        assertThat(contents.violations(at(2))).hasSize(1);
    }

    @Test
    void aTaintWithoutAReasonMayStandUntilTheJanitorHasCome() {
        seen(0, Map.of(), Map.of(), OURS);
        assertThat(contents.violations(at(40))).isEmpty();
        assertThat(contents.violations(at(50)))
                .extracting(Violation::invariant)
                .containsExactly(Invariant.NO_TAINT_WITHOUT_REASON);
    }

    @Test
    void aTaintThatWentInTimeIsForgiven() {
        seen(0, Map.of(), Map.of(), OURS);
        seen(30, Map.of(), Map.of());
        assertThat(contents.violations(at(90))).isEmpty();
    }

    private void seen(double second, Map<String, String> labels, Map<String, String> annotations, Taint... taints) {
        contents.seen(
                new NodeBuilder()
                        .withNewMetadata()
                        .withName("n")
                        .withLabels(labels)
                        .withAnnotations(annotations)
                        .endMetadata()
                        .withNewSpec()
                        .withTaints(taints)
                        .endSpec()
                        .build(),
                at(second));
    }
}
