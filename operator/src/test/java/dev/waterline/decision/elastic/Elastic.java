package dev.waterline.decision.elastic;

import dev.waterline.decision.reading.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/** A controller driven step by step. */
final class Elastic {
    static final Instant START = Instant.parse("2026-03-02T22:00:00Z");
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final ElasticPolicy POLICY = new ElasticPolicy(0.999, 1000, -22, 4);
    static final OptionalDouble BUSY = OptionalDouble.of(0.4);
    static final BudgetBurn UNKNOWN =
            new BudgetBurn.Unknown(new Reading.Unavailable(Reading.Cause.Timeout, "no answer within 3s"));

    private final ElasticController controller = new ElasticController(ElasticController.PERIOD);
    private ElasticPolicy policy = POLICY;
    private Instant now = START;
    private ElasticState state;

    private Elastic(ElasticState state) {
        this.state = state;
    }

    static Elastic fresh() {
        return new Elastic(ElasticState.beginning(START));
    }

    /** Shifted by so many points, as after a restart. */
    static Elastic at(double shift) {
        return new Elastic(ElasticState.restored(shift, START, ElasticPhase.Following, START));
    }

    static BudgetBurn burn(double burn) {
        return new BudgetBurn.Measured(burn, burn);
    }

    /** A minute later, this has been measured. */
    ElasticState step(BudgetBurn burn) {
        return step(burn, BUSY);
    }

    ElasticState step(BudgetBurn burn, OptionalDouble lowerTiers) {
        now = now.plus(MINUTE);
        state = controller.step(policy, state, burn, lowerTiers, now);
        return state;
    }

    ElasticState step(double burn) {
        return step(burn(burn));
    }

    /** As many minutes of the same. */
    ElasticState steps(int minutes, BudgetBurn burn, OptionalDouble lowerTiers) {
        for (int i = 0; i < minutes; i++) {
            step(burn, lowerTiers);
        }
        return state;
    }

    ElasticState steps(int minutes, double burn) {
        return steps(minutes, burn(burn), BUSY);
    }

    /** The process dies, and goes on from what was persisted. */
    void restart() {
        state = ElasticState.restored(state.effective(), state.since(), state.phase(), now);
    }

    void edit(ElasticPolicy edited) {
        policy = edited;
        state = state.within(edited, now);
    }

    void clock(Duration jump) {
        now = now.plus(jump);
    }

    ElasticState state() {
        return state;
    }

    Instant now() {
        return now;
    }
}
