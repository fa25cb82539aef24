package dev.waterline.decision.scaling;

import java.util.List;
import java.util.Optional;

/**
 * What is seen at one poll. A negative count is an IllegalArgumentException.
 *
 * @param present the target's {@code spec.replicas}, at least 0
 * @param readings one for each trigger, in their order; at least one, unless it is paused
 * @param frozenBy who has frozen the target's tier on every node that it could use; empty: there is room
 */
public record ScalingInput(int present, List<TriggerReading> readings, Switches switches, Optional<String> frozenBy) {
    public ScalingInput {
        readings = List.copyOf(readings);
        if (present < 0) {
            throw new IllegalArgumentException("present must be at least 0, not " + present);
        }
    }

    /** Nothing is frozen, as far as is known. */
    public ScalingInput(int present, List<TriggerReading> readings, Switches switches) {
        this(present, readings, switches, Optional.empty());
    }

    /** The same, with nowhere to land. */
    public ScalingInput frozenBy(String by) {
        return new ScalingInput(present, readings, switches, Optional.of(by));
    }

    /** Nothing is switched and nothing frozen. */
    public ScalingInput(int present, List<TriggerReading> readings) {
        this(present, readings, Switches.NONE, Optional.empty());
    }
}
