package dev.waterline.decision.relief;

import java.util.List;
import java.util.Optional;

/**
 * What relief must know of a pod, read live.
 *
 * @param owner its controller; empty: a bare pod
 * @param mirror whether it is the mirror of a static pod
 * @param terminating whether it has been told to end
 * @param finished whether it has succeeded or failed
 * @param burstable whether its QoS class is Burstable
 * @param podLevelResources whether requests or limits are set for the pod as a whole
 * @param containers without init containers
 * @param note what it carries of ours
 */
public record PodFacts(
        String namespace,
        String name,
        String uid,
        String resourceVersion,
        String node,
        int priority,
        Optional<Owner> owner,
        boolean mirror,
        boolean terminating,
        boolean finished,
        boolean burstable,
        boolean podLevelResources,
        List<ContainerCpu> containers,
        Note note) {
    public PodFacts {
        containers = List.copyOf(containers);
    }

    /** A pod's controller. */
    public record Owner(String kind, String name, String uid) {}

    /** The pod's own note of how it was throttled. */
    public sealed interface Note {}

    /** There is none. */
    public record NoNote() implements Note {}

    /** It is no note that this version can read, or it speaks of another pod. */
    public record UnreadableNote() implements Note {}

    /** It says what must be restored. */
    public record ReadableNote(ThrottleNote content) implements Note {}

    public long requestMillis() {
        return containers.stream().mapToLong(ContainerCpu::requestMillis).sum();
    }

    public String fullName() {
        return namespace + "/" + name;
    }
}
