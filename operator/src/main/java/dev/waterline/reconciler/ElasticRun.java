package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.Elastic;
import dev.waterline.api.v1alpha1.ElasticMode;
import dev.waterline.api.v1alpha1.ElasticStatus;
import dev.waterline.decision.elastic.BudgetBurn;
import dev.waterline.decision.elastic.ElasticPhase;
import dev.waterline.decision.elastic.ElasticPolicy;
import dev.waterline.decision.elastic.ElasticState;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the elastic waterline of one PriorityWaterline between two passes. What matters of it stands in the
 * status. Passes over one resource never overlap.
 */
final class ElasticRun {
    /** An answer that has waited longer, because the waterline was paused, says nothing of the present. */
    private static final Duration STALE = Duration.ofMinutes(10);

    private record Asked(CompletableFuture<BudgetBurn> burn, OptionalDouble lowerTiers, Instant at) {}

    /** What the next step goes by. */
    record Answer(BudgetBurn burn, OptionalDouble lowerTiers) {}

    private Elastic elastic;
    private ElasticState state;
    private Optional<Asked> asked = Optional.empty();
    private Optional<BudgetBurn> burn = Optional.empty();

    private ElasticRun(Elastic elastic, ElasticState state) {
        this.elastic = elastic;
        this.state = state;
    }

    /**
     * Goes on from a status. One of the other mode is none: a shift that was only shown must not take effect at a stroke.
     *
     * @param status null: there is none yet
     */
    static ElasticRun restored(Elastic elastic, @Nullable ElasticStatus status, Instant now) {
        return new ElasticRun(
                elastic,
                status == null || !status.mode().equals(elastic.mode().name())
                        ? ElasticState.beginning(now)
                        : state(status, now));
    }

    private static ElasticState state(ElasticStatus status, Instant now) {
        try {
            return ElasticState.restored(
                    status.shift(), Instant.parse(status.since()), ElasticPhase.valueOf(status.phase()), now);
        } catch (DateTimeParseException | IllegalArgumentException e) {
            // Somebody else has written this status, or another version of the operator; it is a memory and no order.
            return ElasticState.beginning(now);
        }
    }

    /** Puts it under the spec as it is now. */
    void under(Elastic present, Instant now) {
        if (present.mode() != elastic.mode()) {
            state = ElasticState.beginning(now);
        }
        if (!present.slo().equals(elastic.slo())) {
            asked = Optional.empty();
            state = ElasticState.restored(state.effective(), state.since(), ElasticPhase.Waiting, now);
        }
        elastic = present;
        state = state.within(policy(), now);
    }

    ElasticPolicy policy() {
        return new ElasticPolicy(
                elastic.slo().objective() / 100,
                elastic.slo().minEvents(),
                elastic.shift().min(),
                elastic.shift().max());
    }

    boolean isAsking() {
        return asked.isPresent();
    }

    void ask(CompletableFuture<BudgetBurn> answer, OptionalDouble lowerTiers, Instant now) {
        asked = Optional.of(new Asked(answer, lowerTiers, now));
    }

    /** The answer, once it has come; it is given out once. */
    Optional<Answer> answer(Instant now) {
        if (asked.isEmpty() || !asked.get().burn().isDone()) {
            return Optional.empty();
        }
        var taken = asked.get();
        asked = Optional.empty();
        return Duration.between(taken.at(), now).abs().compareTo(STALE) > 0
                ? Optional.empty()
                : Optional.of(new Answer(taken.burn().join(), taken.lowerTiers()));
    }

    void stepped(ElasticState next, BudgetBurn by) {
        state = next;
        burn = Optional.of(by);
    }

    ElasticState state() {
        return state;
    }

    ElasticMode mode() {
        return elastic.mode();
    }

    /** What the last step went by; empty: there was none in this life of the process. */
    Optional<BudgetBurn> burn() {
        return burn;
    }
}
