package dev.waterline.decision.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * One poll of one workload: proposals, combined, limited, decided.
 *
 * @param proposals one for each trigger, in their order
 * @param active whether any trigger is
 * @param wanted what the triggers ask for, before any limit; empty: all have failed
 */
public record ScalingStep(List<Proposal> proposals, boolean active, OptionalInt wanted, ScalingDecision decision) {
    public ScalingStep {
        proposals = List.copyOf(proposals);
    }

    /**
     * @param present the target's {@code spec.replicas}, at least 0
     * @param readings one for each trigger, at least one
     * @param lastActive when a trigger was last seen active; for one that never was, since when the workload is looked after
     */
    public static ScalingStep evaluate(
            ScalingPolicy policy, int present, List<TriggerReading> readings, Instant lastActive, Instant now) {
        var proposals =
                readings.stream().map(reading -> Proposal.of(reading, present)).toList();
        var combined = Combination.of(proposals);
        boolean cooled = Duration.between(lastActive, now).compareTo(policy.cooldown()) >= 0;
        var wanted = combined.winner()
                .map(winner -> OptionalInt.of(winner.replicas()))
                .orElse(OptionalInt.empty());
        var decision = combined.winner()
                .map(winner -> decide(policy, present, combined, winner, cooled))
                .orElseGet(() -> new ScalingDecision.Hold(present, combined.failed(), OptionalInt.empty()));
        return new ScalingStep(proposals, combined.active(), wanted, decision);
    }

    private static ScalingDecision decide(
            ScalingPolicy policy, int present, Combination combined, Proposal.Measured winner, boolean cooled) {
        boolean complete = combined.failed().isEmpty();
        var decision = combined.active()
                ? toward(policy, present, winner, new Basis.Asked(winner))
                : inactive(policy, present, winner, cooled && complete);
        if (complete) {
            return decision;
        }
        // A trigger that cannot be read might ask for more than all others, so what remains may only raise the count;
        // and
        // whether it is active is as unknown, so nobody is woken from rest by those that are not.
        boolean mayActOnTheRest = winner.replicas() >= present
                && decision.to() >= present
                && !(decision.reason() == ScalingDecision.Reason.NoTriggerActive);
        return mayActOnTheRest
                ? decision
                : new ScalingDecision.Hold(present, combined.failed(), OptionalInt.of(winner.replicas()));
    }

    private static ScalingDecision inactive(
            ScalingPolicy policy, int present, Proposal.Measured winner, boolean cooled) {
        if (policy.rest().isEmpty()) {
            return toward(policy, present, winner, new Basis.Asked(winner));
        }
        int rest = policy.rest().getAsInt();
        if (present <= rest || cooled) {
            return decision(present, rest, new Basis.Resting(policy.cooldown()), List.of());
        }
        return toward(policy, present, winner, new Basis.CoolingDown(winner, rest, policy.cooldown()));
    }

    private static ScalingDecision toward(ScalingPolicy policy, int present, Proposal.Measured winner, Basis basis) {
        var limited = Limits.of(policy, winner.replicas());
        return decision(present, limited.replicas(), basis, limited.hit());
    }

    private static ScalingDecision decision(int present, int to, Basis basis, List<Limit> limits) {
        return present == to
                ? new ScalingDecision.Keep(present, basis, limits)
                : new ScalingDecision.Change(present, to, basis, limits);
    }
}
