package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private static final Instant THEN = Instant.parse("2026-07-01T12:00:00.123Z");
    private static final Instant NOW = THEN.plusSeconds(60);
    private static final ConditionFact READY = new ConditionFact("Ready", true, "Accepted", "All is well.");

    @Test
    void aNewConditionBeginsNowInWholeSeconds() {
        assertThat(Conditions.of(List.of(), List.of(READY), 3, THEN))
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.getLastTransitionTime()).isEqualTo("2026-07-01T12:00:00Z");
                    assertThat(condition.getStatus()).isEqualTo("True");
                    assertThat(condition.getObservedGeneration()).isEqualTo(3);
                });
    }

    @Test
    void theTransitionTimeIsKeptWhileOnlyTheWordsChange() {
        var before = Conditions.of(List.of(), List.of(READY), 3, THEN);

        var after = Conditions.of(before, List.of(new ConditionFact("Ready", true, "Paused", "Other words.")), 4, NOW);

        assertThat(after).singleElement().satisfies(condition -> {
            assertThat(condition.getLastTransitionTime()).isEqualTo("2026-07-01T12:00:00Z");
            assertThat(condition.getReason()).isEqualTo("Paused");
            assertThat(condition.getObservedGeneration()).isEqualTo(4);
        });
    }

    @Test
    void theTransitionTimeMovesWithTheStatus() {
        var before = Conditions.of(List.of(), List.of(READY), 3, THEN);

        var after = Conditions.of(before, List.of(new ConditionFact("Ready", false, "No", "No.")), 3, NOW);

        assertThat(after).extracting(Condition::getLastTransitionTime).containsExactly("2026-07-01T12:01:00Z");
    }

    @Test
    void aFactThatIsNoLongerStatedIsNoLongerAConditionAndTheOrderIsThatOfTheFacts() {
        var engaged = new ConditionFact("Engaged", false, "NothingFrozen", "");
        var before = Conditions.of(List.of(), List.of(READY, engaged), 3, THEN);

        assertThat(Conditions.of(before, List.of(engaged), 3, NOW))
                .extracting(Condition::getType)
                .containsExactly("Engaged");
    }
}
