package dev.waterline.decision.scaling;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What a user allows. A number outside its range is an IllegalArgumentException whose message names the field.
 *
 * @param min fewest replicas while anything is going on, at least 0
 * @param max most replicas, at least 1 and {@code min}
 * @param idle replicas while no trigger is active, below {@code min}; empty: no other than {@code min}
 * @param cooldown how long no trigger must have been active before the step to {@link #rest}; not negative
 */
public record ScalingPolicy(int min, int max, OptionalInt idle, Duration cooldown) {
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
    }

    /** The count while nothing is going on, where that is one of its own: idle, or nothing if the minimum is 0. */
    public OptionalInt rest() {
        return idle.isEmpty() && min == 0 ? OptionalInt.of(0) : idle;
    }

    /** The cooldown, where there is a rest to go to; zero where it makes no difference. */
    public Duration cooldownToRest() {
        return rest().isPresent() ? cooldown : Duration.ZERO;
    }
}
