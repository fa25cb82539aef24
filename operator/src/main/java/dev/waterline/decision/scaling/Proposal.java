package dev.waterline.decision.scaling;

import dev.waterline.decision.reading.Reading;
import dev.waterline.decision.reading.Reading.Cause;
import java.util.Optional;

/** What one trigger asks for. */
public sealed interface Proposal {
    String trigger();

    Target target();

    /** A proposal with a number. */
    sealed interface Counted extends Proposal {
        /** At least 0, before any limit. */
        int replicas();

        /** Whether there is something to do. */
        boolean active();
    }

    /**
     * The trigger has a value, and so a number.
     *
     * @param replicas at least 0, before any limit
     * @param active whether the value is above the activation threshold
     */
    record Measured(String trigger, Target target, double value, int replicas, boolean active) implements Counted {}

    /**
     * The trigger has failed for so long that its fallback counts.
     *
     * @param failure why there is no value
     * @param failures polls in a row
     */
    record FallenBack(Failed failure, int failures, int replicas) implements Counted {
        @Override
        public String trigger() {
            return failure.trigger();
        }

        @Override
        public Target target() {
            return failure.target();
        }

        /** A fallback wakes a workload, unless it is to none. */
        @Override
        public boolean active() {
            return replicas > 0;
        }
    }

    /**
     * The trigger has no value. It asks for nothing, which is not the same as asking for zero.
     *
     * @param detail one sentence that stays the same from poll to poll
     */
    record Failed(String trigger, Target target, Cause cause, String detail) implements Proposal {}

    /** Why there is no value; empty: there is one. */
    default Optional<Failed> failed() {
        return switch (this) {
            case Measured _ -> Optional.empty();
            case FallenBack fallen -> Optional.of(fallen.failure());
            case Failed failure -> Optional.of(failure);
        };
    }

    /**
     * @param failures how many polls in a row have failed, this one too
     * @param present the target's {@code spec.replicas}
     */
    static Proposal of(TriggerReading reading, ScalingPolicy policy, int failures, int present) {
        var target = reading.target();
        return switch (reading.reading()) {
            case Reading.Fresh fresh ->
                new Measured(
                        reading.trigger(),
                        target,
                        fresh.value(),
                        ReplicaArithmetic.replicas(target, policy.tolerance(), fresh.value(), present),
                        fresh.value() > target.activationThreshold());
            case Reading.Absent() ->
                fallenBack(
                        new Failed(reading.trigger(), target, Cause.EmptyResult, "the source has no value"),
                        policy,
                        failures,
                        present);
            case Reading.Unavailable(Cause cause, String detail) ->
                fallenBack(new Failed(reading.trigger(), target, cause, detail), policy, failures, present);
        };
    }

    private static Proposal fallenBack(Failed failed, ScalingPolicy policy, int failures, int present) {
        return policy.fallback()
                .filter(fallback -> fallback.appliesAfter(failures))
                .<Proposal>map(fallback -> new FallenBack(failed, failures, fallback.count(present)))
                .orElse(failed);
    }
}
