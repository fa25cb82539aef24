package dev.waterline.decision.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * From what the triggers ask for to what is decided.
 *
 * <p>In the order of HPA: a count outside of its bounds is put back first; then numbers are combined, held if some are missing,
 * recommended, stabilized, paced and bounded. KEDA's share is about rest: it is left in one step, and entered through the same
 * limits, once no trigger has been active for the cooldown. What people have switched, and nodes that are frozen, come last.
 */
record Deliberation(ScalingPolicy policy, ScalingState state, ScalingInput input, Combination combined, Instant now) {

    /** @param state with what was recommended */
    record Outcome(ScalingDecision decision, ScalingState state) {}

    /** As in HPA a workload that is seen for the first time has recommended what it has. */
    Outcome outcome() {
        var first = state.recommendations().isEmpty() ? remember(input.present()) : this;
        return first.decide();
    }

    private Outcome decide() {
        int present = input.present();
        if (present > policy.max()) {
            return bounded(policy.max(), Limit.Kind.AtMax);
        }
        if (present < policy.min() && !policy.isAsleep(present)) {
            return bounded(policy.min(), Limit.Kind.AtMin);
        }
        return combined.winner().map(this::asked).orElseGet(this::unread);
    }

    private Outcome bounded(int to, Limit.Kind kind) {
        return decided(new Basis.OutOfBounds(), new Limits(to, List.of(new Limit(kind, input.present(), to))));
    }

    private Outcome unread() {
        int present = input.present();
        var activation = input.switches().activation();
        if (activation.isPresent() && policy.isAsleep(present)) {
            return decided(
                    new Basis.Activated(Optional.empty(), activation.get()), Limits.bounds(policy, policy.least()));
        }
        if (present < policy.min() && policy.rest().isEmpty()) {
            return bounded(policy.min(), Limit.Kind.AtMin);
        }
        return hold(OptionalInt.empty());
    }

    private Outcome asked(Proposal.Counted winner) {
        // A trigger that cannot be read might ask for more than all others, so what remains may only raise the count.
        if (!isComplete() && winner.replicas() < input.present()) {
            return hold(OptionalInt.of(winner.replicas()));
        }
        boolean active = combined.active() || input.switches().activation().isPresent();
        return active || policy.rest().isEmpty()
                ? working(winner)
                : resting(winner, policy.rest().getAsInt());
    }

    private Outcome working(Proposal.Counted winner) {
        var basis = combined.active() || input.switches().activation().isEmpty()
                ? new Basis.Asked(winner)
                : new Basis.Activated(
                        Optional.of(winner), input.switches().activation().get());
        int wanted = Math.max(1, winner.replicas());
        var limits = policy.isAsleep(input.present())
                ? Limits.bounds(policy, wanted)
                : Limits.all(policy, state, input.present(), wanted, policy.least(), now);
        return remember(wanted).decided(basis, limits);
    }

    private Outcome resting(Proposal.Counted winner, int rest) {
        boolean asleep = policy.isAsleep(input.present());
        if (!isComplete() && asleep) {
            // Whether the trigger that cannot be read is active is as unknown, so nobody is woken by those that are
            // not.
            return hold(OptionalInt.of(winner.replicas()));
        }
        if (asleep) {
            return remember(rest).decided(new Basis.Resting(cooldown()), new Limits(rest, List.of()));
        }
        if (isComplete() && isCooled()) {
            var limits = Limits.toRest(policy, state, input.present(), rest, now);
            return remember(rest).decided(new Basis.Resting(cooldown()), limits);
        }
        int wanted = Math.max(1, winner.replicas());
        var limits = Limits.all(policy, state, input.present(), wanted, policy.least(), now);
        // Rest is what it asks for and only the cooldown delays it, so cooldown and stabilization run at the same time.
        return remember(isComplete() ? rest : wanted).decided(new Basis.CoolingDown(winner, rest, cooldown()), limits);
    }

    private Outcome hold(OptionalInt rest) {
        return new Outcome(new ScalingDecision.Hold(input.present(), combined.failed(), rest), state);
    }

    private Outcome decided(Basis basis, Limits limits) {
        var released = Restraints.of(policy, input, limits);
        int to = released.replicas();
        return new Outcome(
                to == input.present()
                        ? new ScalingDecision.Keep(to, basis, released.hit())
                        : new ScalingDecision.Change(input.present(), to, basis, released.hit()),
                state);
    }

    private Deliberation remember(int replicas) {
        var next = state.recommendations().with(replicas, now, Limits.memory(policy));
        return new Deliberation(policy, state.recommended(next), input, combined, now);
    }

    private boolean isComplete() {
        return combined.failed().isEmpty();
    }

    private boolean isCooled() {
        var quiet = Duration.between(state.lastActive().orElse(state.since()), now);
        return quiet.compareTo(cooldown()) >= 0;
    }

    private Duration cooldown() {
        return state.lastActive().isPresent() ? policy.cooldown() : policy.initialCooldown();
    }
}
