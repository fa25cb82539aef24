package dev.waterline.decision.scaling;

import java.util.List;
import java.util.OptionalInt;

/** What should become of the count. */
public sealed interface ScalingDecision {
    /** The count as it is. */
    int from();

    /** The count as it should be. */
    int to();

    Reason reason();

    List<Limit> limits();

    /** The count should change; {@code to} differs from {@code from} and lies within the policy. */
    record Change(int from, int to, Basis basis, List<Limit> limits) implements ScalingDecision {
        public Change {
            limits = List.copyOf(limits);
        }

        @Override
        public Reason reason() {
            return Reason.of(basis);
        }
    }

    /** The count is what it should be. */
    record Keep(int replicas, Basis basis, List<Limit> limits) implements ScalingDecision {
        public Keep {
            limits = List.copyOf(limits);
        }

        @Override
        public int from() {
            return replicas;
        }

        @Override
        public int to() {
            return replicas;
        }

        @Override
        public Reason reason() {
            return Reason.of(basis);
        }
    }

    /**
     * Too little is known to change the count.
     *
     * @param failed the triggers without a value, at least one
     * @param rest what the others ask for; empty: there are none
     */
    record Hold(int replicas, List<Proposal.Failed> failed, OptionalInt rest) implements ScalingDecision {
        public Hold {
            failed = List.copyOf(failed);
        }

        @Override
        public int from() {
            return replicas;
        }

        @Override
        public int to() {
            return replicas;
        }

        @Override
        public Reason reason() {
            return rest.isEmpty() ? Reason.AllTriggersFailed : Reason.SomeTriggersFailed;
        }

        @Override
        public List<Limit> limits() {
            return List.of();
        }
    }

    /**
     * People have paused it.
     *
     * @param to the count at which it pauses, which may lie outside of the policy
     * @param by what pauses it
     */
    record Paused(int from, int to, String by) implements ScalingDecision {
        @Override
        public Reason reason() {
            return Reason.Paused;
        }

        @Override
        public List<Limit> limits() {
            return List.of();
        }
    }

    /** Whether there is something to carry out. */
    default boolean isChange() {
        return to() != from();
    }

    /** One word for machines: the names stand in status and metrics. */
    enum Reason {
        TriggerValue,
        Fallback,
        ForcedActivation,
        CoolingDown,
        NoTriggerActive,
        OutOfBounds,
        SomeTriggersFailed,
        AllTriggersFailed,
        Paused;

        private static Reason of(Basis basis) {
            return switch (basis) {
                case Basis.Asked asked -> asked.asking() instanceof Proposal.FallenBack ? Fallback : TriggerValue;
                case Basis.Activated _ -> ForcedActivation;
                case Basis.CoolingDown _ -> CoolingDown;
                case Basis.Resting _ -> NoTriggerActive;
                case Basis.OutOfBounds _ -> OutOfBounds;
            };
        }
    }
}
