package dev.waterline.decision.record;

import dev.waterline.decision.override.NodeOverride;
import dev.waterline.decision.pressure.FreezeDecision;
import dev.waterline.decision.pressure.FrozenTier;
import dev.waterline.decision.pressure.Timing;
import dev.waterline.decision.relief.Observation;
import dev.waterline.decision.relief.ReliefDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a decision changed. Another kind of decision is another variant. */
public sealed interface Change {
    Action action();

    /** Name of the node concerned; empty: the whole waterline. */
    Optional<String> node();

    /** The tier concerned; empty: not one in particular. */
    default Optional<String> tier() {
        return Optional.empty();
    }

    /** The pod concerned, by namespace and name; empty: not one in particular. */
    default Optional<String> pod() {
        return Optional.empty();
    }

    /** The node's floor as this waterline, or this person, wants it from now on; empty: none. */
    default OptionalInt floor() {
        return OptionalInt.empty();
    }

    /**
     * What one signal had said of the node.
     *
     * @param raw the last sample's ratio; NaN: only remembered from before a restart
     * @param smoothed ratio
     * @param at when the last sample was taken
     */
    record Input(String signal, double raw, double smoothed, Instant at) {}

    /**
     * A tier froze or thawed on a node.
     *
     * @param inputs all signals known of the node, by name
     * @param before the freeze that ends, for a thaw
     * @param timing dwell and hold in effect
     */
    record OfTier(
            FreezeDecision decision, OptionalInt floor, List<Input> inputs, Optional<FrozenTier> before, Timing timing)
            implements Change {
        public OfTier {
            inputs = List.copyOf(inputs);
        }

        @Override
        public Action action() {
            return switch (decision) {
                case FreezeDecision.Freeze _ -> Action.FREEZE;
                case FreezeDecision.Thaw _ -> Action.THAW;
            };
        }

        @Override
        public Optional<String> node() {
            return Optional.of(decision.node());
        }

        @Override
        public Optional<String> tier() {
            return Optional.of(decision.tier());
        }
    }

    /**
     * The guard was seen to deny binds below a node's floor.
     *
     * @param below the floor
     * @param afterDecision since the latest freeze there was decided; empty: that was in an earlier life of the process, or
     *     a person ordered it
     */
    record Acknowledged(String nodeName, int below, Optional<Duration> afterDecision) implements Change {
        @Override
        public Action action() {
            return Action.ACKNOWLEDGE;
        }

        @Override
        public Optional<String> node() {
            return Optional.of(nodeName);
        }

        @Override
        public OptionalInt floor() {
            return OptionalInt.of(below);
        }
    }

    /**
     * A person switched a waterline by annotation.
     *
     * @param action {@link Action#PAUSE}, {@link Action#THAW_ALL} or {@link Action#RESUME}
     * @param nodesFrozen how many nodes it had frozen at that moment
     * @param sentence what the switch does
     */
    record Switched(Action action, int nodesFrozen, String sentence) implements Change {
        @Override
        public Optional<String> node() {
            return Optional.empty();
        }
    }

    /**
     * A person's order for a node came into force or ended.
     *
     * @param begins false: it ends
     */
    record Overridden(String nodeName, NodeOverride override, boolean begins) implements Change {
        @Override
        public Action action() {
            return switch (override) {
                case NodeOverride _ when !begins -> Action.END_OVERRIDE;
                case NodeOverride.Freeze _ -> Action.FREEZE_OVERRIDE;
                case NodeOverride.Thaw _ -> Action.THAW_OVERRIDE;
            };
        }

        @Override
        public Optional<String> node() {
            return Optional.of(nodeName);
        }

        @Override
        public OptionalInt floor() {
            return begins && override instanceof NodeOverride.Freeze freeze
                    ? OptionalInt.of(freeze.floor())
                    : OptionalInt.empty();
        }
    }

    /**
     * Relief was given to a pod, or could not be.
     *
     * @param alike how many more pods of the node and tier this stands for
     */
    record Relieved(ReliefDecision decision, int alike) implements Change {
        @Override
        public Action action() {
            return switch (decision) {
                case ReliefDecision.Throttled _ -> Action.THROTTLE;
                case ReliefDecision.Restored _ -> Action.RESTORE;
                case ReliefDecision.LeftAlone _ -> Action.LEAVE_ALONE;
                case ReliefDecision.ThrottleRefused _ -> Action.THROTTLE_REFUSED;
                case ReliefDecision.RestoreRefused _ -> Action.RESTORE_REFUSED;
                case ReliefDecision.NoteDiscarded _ -> Action.DISCARD_NOTE;
                case ReliefDecision.Evicted _ -> Action.EVICT;
                case ReliefDecision.EvictionRefused refused ->
                    refused.byBudget() ? Action.EVICTION_BLOCKED : Action.EVICTION_REFUSED;
            };
        }

        @Override
        public Optional<String> node() {
            return Optional.of(decision.subject().node());
        }

        @Override
        public Optional<String> tier() {
            return Optional.of(decision.subject().tier());
        }

        @Override
        public Optional<String> pod() {
            return Optional.of(decision.subject().fullName());
        }

        /** What was seen of the node, where that is known. */
        Optional<Observation> hot() {
            return switch (decision) {
                case ReliefDecision.Throttled throttled -> throttled.hot();
                case ReliefDecision.Evicted evicted -> Optional.of(evicted.hot());
                case ReliefDecision.EvictionRefused refused -> Optional.of(refused.hot());
                case ReliefDecision.Restored _,
                        ReliefDecision.LeftAlone _,
                        ReliefDecision.ThrottleRefused _,
                        ReliefDecision.RestoreRefused _,
                        ReliefDecision.NoteDiscarded _ -> Optional.empty();
            };
        }
    }
}
