package dev.waterline.decision.scaling;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What people have switched at the moment. Each switch is the name of what sets it, such as an annotation, for the sentence
 * that tells; empty: it is not set.
 *
 * @param pause nothing is decided
 * @param noScaleIn the count does not go down
 * @param noScaleOut the count does not go up
 * @param activation it counts as active whatever the triggers say
 */
public record Switches(
        Optional<Pause> pause, Optional<String> noScaleIn, Optional<String> noScaleOut, Optional<String> activation) {
    /** Nothing is switched. */
    public static final Switches NONE =
            new Switches(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * @param by what pauses it
     * @param replicas the count at which it pauses, whatever minimum and maximum; at least 0; empty: the one it has
     */
    public record Pause(String by, OptionalInt replicas) {
        public Pause {
            if (replicas.isPresent() && replicas.getAsInt() < 0) {
                throw new IllegalArgumentException(
                        "%s must be a whole number of at least 0, not %d".formatted(by, replicas.getAsInt()));
            }
        }
    }
}
