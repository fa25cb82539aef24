package dev.waterline.decision.relief;

import dev.waterline.decision.relief.ThrottleNote.Lowered;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What relief has done to one pod, or would have done, or could not do. */
public sealed interface ReliefDecision {
    Subject subject();

    /** Which pod it is about, where it runs, and which tier it is in. */
    record Subject(String namespace, String pod, String podUid, String node, String tier) {
        public static Subject of(PodFacts pod, String tier) {
            return new Subject(pod.namespace(), pod.name(), pod.uid(), pod.node(), tier);
        }

        public String fullName() {
            return namespace + "/" + pod;
        }
    }

    /**
     * CPU limits were lowered.
     *
     * @param hot why; empty: an earlier life of the process had begun it
     */
    record Throttled(Subject subject, Optional<Observation> hot, int percent, Map<String, Lowered> containers)
            implements ReliefDecision {}

    /** They were given back. */
    record Restored(Subject subject, Map<String, Lowered> containers) implements ReliefDecision {}

    /** Somebody else has set these containers' limits meanwhile; the pod is left alone. */
    record LeftAlone(Subject subject, Set<String> containers) implements ReliefDecision {}

    /** The API server would not let them be lowered. */
    record ThrottleRefused(Subject subject, String answer) implements ReliefDecision {}

    /** The API server would not let them be given back. */
    record RestoreRefused(Subject subject, String answer) implements ReliefDecision {}

    /** The pod's note of its original limits cannot be read, and was removed. */
    record NoteDiscarded(Subject subject) implements ReliefDecision {}

    /** The pod was told to end. */
    record Evicted(Subject subject, Observation hot, long usageMillis, long requestMillis, long gapMillis)
            implements ReliefDecision {}

    /** It would not go. */
    record EvictionRefused(Subject subject, Observation hot, boolean byBudget, String answer)
            implements ReliefDecision {}
}
