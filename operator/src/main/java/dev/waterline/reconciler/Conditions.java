package dev.waterline.reconciler;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Kubernetes' bookkeeping of conditions. */
final class Conditions {
    private Conditions() {}

    /**
     * The conditions that these facts come to, in the order of the facts. A condition whose status has not changed keeps its
     * transition time.
     */
    static List<Condition> of(List<Condition> before, List<ConditionFact> facts, long generation, Instant now) {
        return facts.stream().map(fact -> of(before, fact, generation, now)).toList();
    }

    private static Condition of(List<Condition> before, ConditionFact fact, long generation, Instant now) {
        var status = fact.status() ? "True" : "False";
        var since = before.stream()
                .filter(condition -> fact.type().equals(condition.getType()) && status.equals(condition.getStatus()))
                .map(Condition::getLastTransitionTime)
                .findFirst()
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
        return new ConditionBuilder()
                .withType(fact.type())
                .withStatus(status)
                .withReason(fact.reason())
                .withMessage(fact.message())
                .withLastTransitionTime(since)
                .withObservedGeneration(generation)
                .build();
    }
}
