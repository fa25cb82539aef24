package dev.waterline.decision.scaling;

import java.time.Duration;
import java.util.Optional;

/** What a count rests on. */
public sealed interface Basis {

    /** The proposal that was taken; empty: none was. */
    default Optional<Proposal.Counted> winner() {
        return Optional.empty();
    }

    /** A trigger, or its fallback, asks for it. */
    record Asked(Proposal.Counted asking) implements Basis {
        @Override
        public Optional<Proposal.Counted> winner() {
            return Optional.of(asking);
        }
    }

    /**
     * No trigger is active, but somebody has said that it should be taken as if one were.
     *
     * @param winner what the triggers ask for all the same
     * @param by what says so
     */
    record Activated(Optional<Proposal.Counted> winner, String by) implements Basis {}

    /**
     * No trigger is active, but not for long enough to go to rest.
     *
     * @param rest the count to which it will go
     * @param cooldown without an active trigger before it goes there
     */
    record CoolingDown(Proposal.Counted asking, int rest, Duration cooldown) implements Basis {
        @Override
        public Optional<Proposal.Counted> winner() {
            return Optional.of(asking);
        }
    }

    /**
     * No trigger is active.
     *
     * @param cooldown what had to pass, and has, if there was a step to make
     */
    record Resting(Duration cooldown) implements Basis {}

    /** The count lies below the minimum or above the maximum, which needs no trigger to tell. */
    record OutOfBounds() implements Basis {}
}
