package dev.waterline.decision.scaling;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
                "%s: %s%s".formatted(step(verb, from, to), of(basis), limits(limits));
            case ScalingDecision.Keep(int replicas, Basis basis, List<Limit> limits) ->
                "Kept %d: %s%s".formatted(replicas, of(basis), limits(limits));
            case ScalingDecision.Hold hold -> of(hold);
            case ScalingDecision.Paused(int from, int to, String by) ->
                "%s: %s pauses it%s"
                        .formatted(
                                from == to ? "Kept " + from : step(verb, from, to),
                                by,
                                from == to ? "" : " at that count");
        };
    }

    private static String step(String verb, int from, int to) {
        return "%s %s from %d to %d".formatted(verb, to > from ? "up" : "down", from, to);
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
            case Basis.Asked(Proposal.Counted winner) -> of(winner);
            case Basis.Activated(Optional<Proposal.Counted> winner, String by) ->
                winner.map(asking -> "%s keeps it active; %s".formatted(by, of(asking)))
                        .orElseGet(() -> by + " keeps it active");
            case Basis.CoolingDown(Proposal.Counted winner, int rest, Duration cooldown) ->
                "no trigger is active, and after cooldownPeriod %d s it goes to %d; %s"
                        .formatted(cooldown.toSeconds(), rest, of(winner));
            case Basis.Resting(Duration cooldown) ->
                "no trigger is active, nor was one within cooldownPeriod %d s".formatted(cooldown.toSeconds());
            case Basis.OutOfBounds() -> "the count lies outside of its bounds";
        };
    }

    private static String of(Proposal.Counted winner) {
        return switch (winner) {
            case Proposal.Measured measured ->
                "trigger %s is at %s with threshold %s%s and asks for %d"
                        .formatted(
                                measured.trigger(),
                                number(measured.value()),
                                number(measured.target().threshold()),
                                measured.target().measure() == Target.Measure.AVERAGE_VALUE ? " for each replica" : "",
                                measured.replicas());
            case Proposal.FallenBack fallen ->
                "fallback asks for %d, as trigger %s goes on failing (%s)"
                        .formatted(
                                fallen.replicas(),
                                fallen.trigger(),
                                fallen.failure().detail());
        };
    }

    private static String limits(List<Limit> limits) {
        return limits.stream().map(limit -> "; " + of(limit)).collect(Collectors.joining());
    }

    private static String of(Limit limit) {
        var by = limit.by().orElse("");
        return switch (limit.kind()) {
            case AtMin -> "minReplicaCount is " + limit.bound();
            case AtMax -> "maxReplicaCount is " + limit.bound();
            case ScaleUpStabilized -> "scaleUp's stabilization window keeps it at %d for now".formatted(limit.bound());
            case ScaleDownStabilized ->
                "scaleDown's stabilization window keeps it at %d for now".formatted(limit.bound());
            case ScaleUpLimit -> "the rate of scaleUp allows %d for now".formatted(limit.bound());
            case ScaleDownLimit -> "the rate of scaleDown allows %d for now".formatted(limit.bound());
            case ScaleInPaused, ScaleOutPaused -> "%s keeps it from going to %d".formatted(by, limit.wanted());
            case NodesFrozen ->
                "%d would have nowhere to land, as %s has frozen every node that they could use"
                        .formatted(limit.wanted(), by);
        };
    }
}
