package dev.waterline.decision.elastic;

import dev.waterline.decision.reading.Reading;
import java.util.Locale;
import java.util.Optional;

/** The one place where a step becomes words, so that event, condition and log say the same. */
public final class ElasticSentence {
    private static final String UNMEASURED = "The objective has not been measured yet";

    private ElasticSentence() {}

    /**
     * Why the thresholds moved.
     *
     * @param burn what the step went by
     */
    public static String moved(ElasticState before, ElasticState after, BudgetBurn burn) {
        return "thresholds move from %s to %s points: %s"
                .formatted(points(before.effective()), points(after.effective()), why(after, burn));
    }

    /**
     * What moves the thresholds at present; the same words as long as that is the same.
     *
     * @param burn what the last step went by; empty: this life of the process has taken none
     */
    public static String state(ElasticState state, Optional<BudgetBurn> burn) {
        return switch (state.phase()) {
            case Waiting -> UNMEASURED + ".";
            case Following -> "The thresholds follow the objective.";
            case Holding -> detail(burn) + "; the shift is held.";
            case Returning -> detail(burn) + "; the shift goes back to 0.";
            case NotTheCause ->
                "The objective is missed although the tiers that may freeze take less than 5 % of the pool: look for"
                        + " another cause. The shift goes back to 0.";
        };
    }

    private static String why(ElasticState after, BudgetBurn burn) {
        return switch (burn) {
            case BudgetBurn.Unknown _ -> state(after, Optional.of(burn));
            case BudgetBurn.Measured _
            when after.phase() == ElasticPhase.NotTheCause -> state(after, Optional.of(burn));
            case BudgetBurn.Measured(double fast, double slow) ->
                String.format(
                        Locale.ROOT,
                        "the error budget burns at %.2f over 5 minutes and at %.2f over an hour, where 1 uses it up"
                                + " exactly",
                        fast,
                        slow);
        };
    }

    private static String detail(Optional<BudgetBurn> burn) {
        return burn.isPresent() && burn.get() instanceof BudgetBurn.Unknown(Reading.Unavailable reason)
                ? reason.detail()
                : UNMEASURED;
    }

    private static String points(double points) {
        return String.format(Locale.ROOT, "%.1f", points);
    }
}
