package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.api.v1alpha1.ScaledWorkloadStatus.Decision;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScalingDecisionsTest {
    private static final Decision FREE = decision(5);
    private static final Decision HELD = decision(5, "ScaleDownStabilized");

    @Test
    void thatAWindowHoldsIsToldOnceAndThatItDoesNotOnlyAfterTheWindow() {
        assertThat(ScalingDecisions.isSame(FREE, HELD, true)).isFalse();
        assertThat(ScalingDecisions.isSame(HELD, FREE, true)).isTrue();
        assertThat(ScalingDecisions.isSame(HELD, HELD, true)).isTrue();
        assertThat(ScalingDecisions.isSame(HELD, FREE, false)).isFalse();
    }

    @Test
    void anotherCountOrLimitIsAnotherDecision() {
        assertThat(ScalingDecisions.isSame(FREE, FREE, false)).isTrue();
        assertThat(ScalingDecisions.isSame(FREE, decision(6), false)).isFalse();
        assertThat(ScalingDecisions.isSame(FREE, decision(5, "AtMax"), false)).isFalse();
        assertThat(ScalingDecisions.isSame(HELD, decision(5, "ScaleDownStabilized", "AtMin"), true))
                .isFalse();
    }

    private static Decision decision(int to, String... limits) {
        return new Decision(
                "2026-01-01T00:00:00Z", 5, to, "t", "TriggerValue", List.of(), List.of(limits), "a sentence");
    }
}
