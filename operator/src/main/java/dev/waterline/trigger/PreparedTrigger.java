package dev.waterline.trigger;

import dev.waterline.decision.reading.Reading;
import dev.waterline.decision.scaling.Target;
import java.util.function.Supplier;

/** What a trigger's settings come to. */
public sealed interface PreparedTrigger {

    /**
     * A trigger that can be read.
     *
     * @param source reads the value now; waits no longer than its own deadline and does not throw for what a server does
     */
    record Usable(Target target, Supplier<Reading> source) implements PreparedTrigger {}

    /**
     * Settings that mean nothing.
     *
     * @param message one sentence that names the field and says what to write
     */
    record Invalid(String message) implements PreparedTrigger {}
}
