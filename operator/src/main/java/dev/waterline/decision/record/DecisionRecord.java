package dev.waterline.decision.record;

import java.time.Instant;
import java.util.Optional;

/**
 * One change that was decided, with all that it rests on.
 *
 * @param id unique, and in the order of decision when sorted as text
 * @param at when it was decided
 * @param policy whose decision it is; empty: not one waterline's, but the guard's or a person's
 * @param change what changed
 */
public record DecisionRecord(String id, Instant at, Optional<Policy> policy, Change change) {

    /**
     * The PriorityWaterline that decided.
     *
     * @param waterline its name
     * @param generation of its spec, as decided on
     * @param enforced false: in DryRun, so nothing in the cluster followed
     */
    public record Policy(String waterline, long generation, boolean enforced) {}

    /** Name of the waterline that decided. */
    public Optional<String> waterline() {
        return policy.map(Policy::waterline);
    }

    /** Whether the cluster follows: false for what was decided in DryRun. */
    public boolean enforced() {
        return policy.map(Policy::enforced).orElse(true);
    }
}
