package dev.waterline.decision.scaling;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a user allows. A number outside its range is an IllegalArgumentException whose message names the field.
 *
 * @param min fewest replicas while anything is going on, at least 0
 * @param max most replicas, at least 1 and {@code min}
 * @param idle replicas while no trigger is active, below {@code min}; empty: no other than {@code min}
 * @param cooldown how long no trigger must have been active before the step to {@link #rest}; not negative
 * @param initialCooldown the same for a workload of which no trigger ever was, from when it is looked after; not negative
 * @param tolerance how far a value may be off without any change
 * @param behavior how fast the count may change; empty: as HPA without a behavior, that is, never below what was recommended
 *     in the last five minutes, and at most to twice the count, or 4, at a poll
 * @param fallback what counts for triggers that go on failing; empty: they ask for nothing
 * @param whenFrozen what becomes of a scale-up that has nowhere to land
 */
public record ScalingPolicy(
        int min,
        int max,
        OptionalInt idle,
        Duration cooldown,
        Duration initialCooldown,
        Tolerance tolerance,
        Optional<ScalingBehavior> behavior,
        Optional<Fallback> fallback,
        WhenFrozen whenFrozen) {
    public ScalingPolicy {
        if (min < 0) {
            throw new IllegalArgumentException("minReplicaCount must be at least 0, not " + min);
        }
        if (max < Math.max(1, min)) {
            throw new IllegalArgumentException(
                    "maxReplicaCount must be at least %d, not %d".formatted(Math.max(1, min), max));
        }
        if (idle.isPresent() && (idle.getAsInt() < 0 || idle.getAsInt() >= min)) {
            throw new IllegalArgumentException(
                    "idleReplicaCount must be at least 0 and lower than minReplicaCount %d, not %d"
                            .formatted(min, idle.getAsInt()));
        }
        if (cooldown.isNegative()) {
            throw new IllegalArgumentException("cooldownPeriod must not be negative");
        }
        if (initialCooldown.isNegative()) {
            throw new IllegalArgumentException("initialCooldownPeriod must not be negative");
        }
    }

    /** With the defaults for the rest: HPA's where it has any, the cooldown for the first one too, no fallback. */
    public ScalingPolicy(int min, int max, OptionalInt idle, Duration cooldown) {
        this(
                min,
                max,
                idle,
                cooldown,
                cooldown,
                Tolerance.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                WhenFrozen.HOLD);
    }

    /** What becomes of a scale-up while the target's tier is frozen on every node that it could use. */
    public enum WhenFrozen {
        /** The count waits. */
        HOLD,
        /** The pods wait. */
        IGNORE
    }

    /** The count while nothing is going on, where that is one of its own: idle, or nothing if the minimum is 0. */
    public OptionalInt rest() {
        return idle.isEmpty() && min == 0 ? OptionalInt.of(0) : idle;
    }

    /** The cooldown, where there is a rest to go to; zero where it makes no difference. */
    public Duration cooldownToRest() {
        return rest().isPresent() ? cooldown : Duration.ZERO;
    }

    /** How long a recommendation counts. */
    public Duration longestWindow() {
        return Limits.memory(this);
    }

    /** Fewest replicas of a workload that is not at rest. */
    int least() {
        return Math.max(1, min);
    }

    /** From nothing, or from rest, a workload is woken: it goes to its number in one step. */
    boolean isAsleep(int present) {
        return present == 0 || (rest().isPresent() && present <= rest().getAsInt());
    }
}
