package dev.waterline.decision.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One link in the chain that led to a decision. {@link ReasonChain} puts them in order. */
public sealed interface Reason {

    /**
     * What the source last said.
     *
     * @param ratio raw
     */
    record Reading(String signal, double ratio, Instant at) implements Reason {}

    /**
     * What the average made of it.
     *
     * @param ratio smoothed
     */
    record Smoothed(String signal, double ratio) implements Reason {}

    /**
     * Growth that was reserved on top, for pods that were bound and not yet measured.
     *
     * @param ratio what was added
     */
    record Reserved(String signal, double ratio) implements Reason {}

    /** Which side of a level counted. */
    enum Bound {
        FREEZE_ABOVE("freezeAbove"),
        THAW_BELOW("thawBelow"),
        PANIC_ABOVE("panicAbove"),
        THROTTLE_ABOVE("throttle.above"),
        EVICT_ABOVE("evict.above");

        private final String field;

        Bound(String field) {
            this.field = field;
        }

        /** The field of the resource that sets it. */
        public String field() {
            return field;
        }
    }

    /**
     * The level in effect.
     *
     * @param ratio the level
     * @param origin what set it, as {@code status.tiers} shows it
     * @param tier whose waterline it is; empty: that of no tier
     */
    record Level(String signal, Bound bound, double ratio, String origin, Optional<String> tier) implements Reason {}

    /** For how long the smoothed signal has been on that side at least. */
    record Dwell(Duration atLeast) implements Reason {}

    /**
     * The hold that had to pass.
     *
     * @param minHold counted from {@code lastHot}
     */
    record Hold(Duration minHold, Instant lastHot) implements Reason {}

    /** A higher tier is frozen, and a ladder freezes from below. */
    record HigherTier(String tier) implements Reason {}

    /** The signal's source has not answered for the time that the policy holds. */
    record OutageOver(String signal, Duration hold) implements Reason {}

    /** The signal has never spoken of the node. */
    record NeverSeen(String signal) implements Reason {}

    /** What the policy or an earlier life of the operator says, which no number backs. */
    enum Circumstance implements Reason {
        RESTORED("Restored"),
        NOT_SELECTED("NotSelected"),
        NO_WATERLINE("NoWaterline");

        private final String label;

        Circumstance(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** A person's order for the node, until its end. */
    record OrderedUntil(Instant until) implements Reason {}

    /**
     * A person has switched it so.
     *
     * @param annotation that says so
     */
    record Switched(String annotation) implements Reason {}

    /** The guard denied its probe so long after the decision. */
    record Guard(Duration afterDecision) implements Reason {}
}
