package dev.waterline.decision.relief;

import java.util.Map;
import java.util.Set;

/** The next write to a pod on its way to being throttled or restored. Each is one request. */
public sealed interface ThrottleAction {

    /** The pod is as it should be. */
    record Nothing() implements ThrottleAction {}

    /** Write the note; the limits follow. */
    record Announce(ThrottleNote note) implements ThrottleAction {}

    /**
     * Lower the limits that the note announces.
     *
     * @param limits text by container name
     */
    record Lower(ThrottleNote note, Map<String, String> limits) implements ThrottleAction {}

    /**
     * Give the limits back that are still as we have set them.
     *
     * @param limits text by container name
     */
    record Restore(ThrottleNote note, Map<String, String> limits) implements ThrottleAction {}

    /**
     * Remove the note: nothing of ours is left.
     *
     * @param foreign containers whose limit somebody else has changed meanwhile; theirs stays
     */
    record Forget(ThrottleNote note, Set<String> foreign) implements ThrottleAction {}

    /** Remove a note that says nothing about this pod. */
    record Discard() implements ThrottleAction {}
}
