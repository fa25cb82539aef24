package dev.waterline.arbiter;

import java.util.Map;
import java.util.Optional;

/** The port to what nodes carry: the taint and the annotation. */
public interface NodeMarks {

    /**
     * A node as far as marks go.
     *
     * @param floor the value of our taint; absent: no taint with our key
     * @param annotation our annotation as it is; absent: none
     */
    record Mark(Optional<Integer> floor, Optional<String> annotation) {
        public static final Mark NONE = new Mark(Optional.empty(), Optional.empty());
    }

    /** Every node that carries a taint with our key or our annotation, by name, from cache. */
    Map<String, Mark> marked();

    /** The marks that a verdict asks for on this node. Empty if the node does not exist. */
    Optional<Mark> wanted(String node, NodeVerdict verdict);

    /**
     * Makes the node carry exactly this, and leaves all else on it alone. A node that is gone counts as done.
     *
     * @return whether it does now; false: somebody else wrote at the same time, so try again
     */
    boolean put(String node, Mark mark);
}
