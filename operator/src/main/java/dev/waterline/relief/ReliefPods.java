package dev.waterline.relief;

import dev.waterline.decision.relief.PodFacts;
import dev.waterline.decision.relief.PodFacts.Note;
import dev.waterline.decision.relief.PriorityRange;
import dev.waterline.decision.relief.ThrottleNote;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The pods and nodes of the cluster, as far as relief reads and writes them. Each write is one request. */
public interface ReliefPods {
    /**
     * What the cache holds of a pod.
     *
     * @param note what it carries of ours
     */
    record Cached(
            String namespace, String name, String uid, String resourceVersion, String node, int priority, Note note) {}

    /** What became of a write. */
    sealed interface Written {}

    /** It was done. */
    record Done(PodFacts after) implements Written {}

    /** The pod has changed since it was read, so look again. */
    record Changed() implements Written {}

    /** There is no such pod any more. */
    record Gone() implements Written {}

    /** The API server does not let it be. */
    record Refused(String answer) implements Written {}

    /** A PodDisruptionBudget does not let it be now. */
    record Blocked(String answer) implements Written {}

    /** Every pod that carries a note of ours, from the cache. */
    Collection<Cached> noted();

    /** Every bound pod of these priorities that has not ended and is no mirror, by node name, from the cache. */
    Map<String, List<Cached>> bound(Collection<String> nodes, PriorityRange priorities);

    /** All pods of a node, live. */
    List<PodFacts> live(String node);

    /** One pod, live. */
    Optional<PodFacts> live(String namespace, String name);

    /** The CPU of a node in millicores, live; empty if it is gone. */
    OptionalLong cpuMillis(String node);

    /** The floor that a node's taint carries, from the cache. */
    OptionalInt floor(String node);

    /** Writes the note, or removes it. */
    Written note(PodFacts pod, Optional<ThrottleNote> note);

    /**
     * Sets CPU limits.
     *
     * @param limits text by container name
     */
    Written resize(PodFacts pod, Map<String, String> limits);

    /** Asks for the pod's eviction, this very pod's. Never deletes. */
    Written evict(PodFacts pod);
}
