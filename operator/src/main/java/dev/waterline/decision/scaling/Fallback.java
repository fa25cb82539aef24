package dev.waterline.decision.scaling;

/**
 * What a trigger that goes on failing is taken to ask for. A number outside its range is an IllegalArgumentException.
 *
 * @param failureThreshold how many polls in a row may fail before; the next one that fails falls back; at least 0
 * @param replicas at least 0
 */
public record Fallback(int failureThreshold, int replicas, Behavior behavior) {
    public Fallback {
        if (failureThreshold < 0) {
            throw new IllegalArgumentException("fallback.failureThreshold must be at least 0, not " + failureThreshold);
        }
        if (replicas < 0) {
            throw new IllegalArgumentException("fallback.replicas must be at least 0, not " + replicas);
        }
    }

    /** Whether a trigger that has failed so many times in a row falls back. As in KEDA, the threshold itself is not enough. */
    boolean appliesAfter(int failures) {
        return failures > failureThreshold;
    }

    /** @param present the target's {@code spec.replicas} */
    int count(int present) {
        return switch (behavior) {
            case STATIC -> replicas;
            case CURRENT_REPLICAS -> present;
            case CURRENT_REPLICAS_IF_HIGHER -> Math.max(present, replicas);
            case CURRENT_REPLICAS_IF_LOWER -> Math.min(present, replicas);
        };
    }

    /** How the replicas of the fallback and the present ones come together. */
    public enum Behavior {
        STATIC,
        CURRENT_REPLICAS,
        CURRENT_REPLICAS_IF_HIGHER,
        CURRENT_REPLICAS_IF_LOWER
    }
}
