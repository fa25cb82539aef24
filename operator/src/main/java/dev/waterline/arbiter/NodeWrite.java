package dev.waterline.arbiter;

import dev.waterline.arbiter.NodeMarks.Mark;
import java.util.Comparator;

/**
 * One node is to carry other marks. The most urgent comes first: what raises a floor, the highest first; then what only says
 * why; then what lowers a floor, again the highest first, since it keeps out the most.
 *
 * @param before what it carries now, as far as is known
 * @param wanted what it shall carry
 */
record NodeWrite(String node, Mark before, Mark wanted) implements Comparable<NodeWrite> {
    private static final Comparator<NodeWrite> BY_URGENCY = Comparator.comparing(NodeWrite::kind)
            .thenComparing(NodeWrite::highest, Comparator.reverseOrder())
            .thenComparing(NodeWrite::node);

    private enum Kind {
        FREEZE,
        EXPLANATION,
        THAW
    }

    @Override
    public int compareTo(NodeWrite other) {
        return BY_URGENCY.compare(this, other);
    }

    private Kind kind() {
        int change = Integer.compare(floor(wanted), floor(before));
        return change > 0 ? Kind.FREEZE : change == 0 ? Kind.EXPLANATION : Kind.THAW;
    }

    private int highest() {
        return Math.max(floor(before), floor(wanted));
    }

    private static int floor(Mark mark) {
        return mark.floor().orElse(-1);
    }
}
