package dev.waterline.decision.scaling;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * One poll of one workload: proposals, combined, limited, decided. Whoever runs it goes on with {@link #state()}, or, once a
 * change has been carried out, with {@link #scaled}:
 *
 * <pre>{@code
 * var step = ScalingStep.evaluate(policy, state, input, now);
 * state = step.decision().isChange() && write(step.decision().to()) ? step.scaled(policy, now) : step.state();
 * }</pre>
 *
 * <p>Evaluated again because a write has met a conflict, it starts from the state of before.
 *
 * @param state what to remember, if nothing is written
 * @param proposals one for each trigger, in their order; none while it is paused
 * @param active whether any trigger is, or is to be taken for it
 * @param wanted what the triggers ask for, before any limit; empty: all have failed, or nobody asked
 */
public record ScalingStep(
        ScalingState state, List<Proposal> proposals, boolean active, OptionalInt wanted, ScalingDecision decision) {
    public ScalingStep {
        proposals = List.copyOf(proposals);
    }

    /** @param now not before the time of any earlier step of this state */
    public static ScalingStep evaluate(ScalingPolicy policy, ScalingState state, ScalingInput input, Instant now) {
        return input.switches()
                .pause()
                .map(pause -> paused(state, input.present(), pause))
                .orElseGet(() -> polled(policy, state.polled(input.readings()), input, now));
    }

    /** What to remember once the decision has been carried out. */
    public ScalingState scaled(ScalingPolicy policy, Instant now) {
        return state.scaled(policy, decision, now);
    }

    /** Whether it is active although no trigger is. */
    public boolean isForced() {
        return active
                && proposals.stream()
                        .noneMatch(proposal -> proposal instanceof Proposal.Counted counted && counted.active());
    }

    private static ScalingStep paused(ScalingState state, int present, Switches.Pause pause) {
        var decision = new ScalingDecision.Paused(present, pause.replicas().orElse(present), pause.by());
        return new ScalingStep(state.paused(), List.of(), false, OptionalInt.empty(), decision);
    }

    private static ScalingStep polled(ScalingPolicy policy, ScalingState state, ScalingInput input, Instant now) {
        var proposals = input.readings().stream()
                .map(reading -> Proposal.of(reading, policy, state.failuresOf(reading.trigger()), input.present()))
                .toList();
        var combined = Combination.of(proposals);
        boolean active = combined.active() || input.switches().activation().isPresent();
        var outcome = new Deliberation(policy, active ? state.active(now) : state, input, combined, now).outcome();
        var wanted = combined.winner()
                .map(winner -> OptionalInt.of(winner.replicas()))
                .orElse(OptionalInt.empty());
        return new ScalingStep(outcome.state(), proposals, active, wanted, outcome.decision());
    }
}
