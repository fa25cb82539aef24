package dev.waterline.decision.scaling;

import java.time.Duration;

/** What a count rests on. */
public sealed interface Basis {

    /** A trigger asks for it. */
    record Asked(Proposal.Measured winner) implements Basis {}

    /**
     * No trigger is active, but not for long enough to go to rest.
     *
     * @param rest the count to which it will go
     * @param cooldown without an active trigger before it goes there
     */
    record CoolingDown(Proposal.Measured winner, int rest, Duration cooldown) implements Basis {}

    /**
     * No trigger is active.
     *
     * @param cooldown what had to pass, and has, if there was a step to make
     */
    record Resting(Duration cooldown) implements Basis {}
}
