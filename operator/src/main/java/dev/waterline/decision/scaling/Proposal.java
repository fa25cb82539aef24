package dev.waterline.decision.scaling;

import dev.waterline.decision.reading.Reading;
import dev.waterline.decision.reading.Reading.Cause;

/** What one trigger asks for. */
public sealed interface Proposal {
    String trigger();

    Target target();

    /**
     * The trigger has a value, and so a number.
     *
     * @param replicas at least 0, before any limit
     * @param active whether the value is above the activation threshold
     */
    record Measured(String trigger, Target target, double value, int replicas, boolean active) implements Proposal {}

    /**
     * The trigger has no value. It asks for nothing, which is not the same as asking for zero.
     *
     * @param detail one sentence that stays the same from poll to poll
     */
    record Failed(String trigger, Target target, Cause cause, String detail) implements Proposal {}

    /** @param present the target's {@code spec.replicas} */
    static Proposal of(TriggerReading reading, int present) {
        var name = reading.trigger();
        return switch (reading.reading()) {
            case Reading.Fresh fresh -> {
                var target = reading.target();
                yield new Measured(
                        name,
                        target,
                        fresh.value(),
                        ReplicaArithmetic.replicas(target, fresh.value(), present),
                        fresh.value() > target.activationThreshold());
            }
            case Reading.Absent() -> new Failed(name, reading.target(), Cause.EmptyResult, "the source has no value");
            case Reading.Unavailable(Cause cause, String detail) -> new Failed(name, reading.target(), cause, detail);
        };
    }
}
