package dev.waterline.decision.scaling;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The one place where a decision becomes words, so that event, status, log and page say the same. */
public final class ScalingSentence {
    private static final MathContext DIGITS = new MathContext(6);

    private ScalingSentence() {}

    /** What was done. */
    public static String of(ScalingDecision decision) {
        return of(decision, "Scaled");
    }

    /** What would have been done. */
    public static String ofDryRun(ScalingDecision decision) {
        return "DryRun: " + of(decision, "would scale");
    }

    /** Such as {@code 22.5}: six significant digits, no exponent. */
    public static String number(double value) {
        return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }

    /** Such as {@code trigger errors: no complete answer within 3000 ms}. */
    public static String of(List<Proposal.Failed> failed) {
        return failed.stream()
                .map(failure -> "trigger %s: %s".formatted(failure.trigger(), failure.detail()))
                .collect(Collectors.joining("; "));
    }

    private static String of(ScalingDecision decision, String verb) {
        return switch (decision) {
            case ScalingDecision.Change(int from, int to, Basis basis, List<Limit> limits) ->
                "%s %s from %d to %d: %s%s"
                        .formatted(verb, to > from ? "up" : "down", from, to, of(basis), limits(limits));
            case ScalingDecision.Keep(int replicas, Basis basis, List<Limit> limits) ->
                "Kept %d: %s%s".formatted(replicas, of(basis), limits(limits));
            case ScalingDecision.Hold hold -> of(hold);
        };
    }

    private static String of(ScalingDecision.Hold hold) {
        var failed = of(hold.failed());
        return hold.rest().isEmpty()
                ? "Held %d: %s".formatted(hold.replicas(), failed)
                : "Held %d, as the other triggers ask for %d only: %s"
                        .formatted(hold.replicas(), hold.rest().getAsInt(), failed);
    }

    private static String of(Basis basis) {
        return switch (basis) {
            case Basis.Asked(Proposal.Measured winner) -> of(winner);
            case Basis.CoolingDown(Proposal.Measured winner, int rest, Duration cooldown) ->
                "no trigger is active, and after cooldownPeriod %d s it goes to %d; %s"
                        .formatted(cooldown.toSeconds(), rest, of(winner));
            case Basis.Resting(Duration cooldown) ->
                "no trigger is active, nor was one within cooldownPeriod %d s".formatted(cooldown.toSeconds());
        };
    }

    private static String of(Proposal.Measured winner) {
        return "trigger %s is at %s with threshold %s%s and asks for %d"
                .formatted(
                        winner.trigger(),
                        number(winner.value()),
                        number(winner.target().threshold()),
                        winner.target().measure() == Target.Measure.AVERAGE_VALUE ? " for each replica" : "",
                        winner.replicas());
    }

    private static String limits(List<Limit> limits) {
        return limits.stream()
                .map(limit -> switch (limit.kind()) {
                    case AtMin -> "; minReplicaCount is " + limit.bound();
                    case AtMax -> "; maxReplicaCount is " + limit.bound();
                })
                .collect(Collectors.joining());
    }
}
