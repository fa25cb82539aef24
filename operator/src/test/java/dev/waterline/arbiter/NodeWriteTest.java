package dev.waterline.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.arbiter.NodeMarks.Mark;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NodeWriteTest {

    @Test
    void freezesComeBeforeExplanationsAndThawsLastAndHigherFloorsFirst() {
        var inOrder = List.of(
                write("a", mark(1000), mark(9000)),
                write("b", Mark.NONE, mark(9000)),
                write("c", Mark.NONE, mark(1000)),
                write("d", mark(9000), new Mark(Optional.of(9000), Optional.of("why"))),
                write("e", mark(9000), mark(1000)),
                write("f", mark(9000), Mark.NONE),
                write("g", mark(1000), Mark.NONE));
        var shuffled = new java.util.ArrayList<>(inOrder);
        Collections.shuffle(shuffled, new Random(7));

        assertThat(new TreeSet<>(shuffled)).containsExactlyElementsOf(inOrder);
    }

    @Test
    void aFloorOfZeroIsAFreeze() {
        assertThat(new TreeSet<>(List.of(write("a", mark(9000), Mark.NONE), write("b", Mark.NONE, mark(0)))))
                .extracting(NodeWrite::node)
                .containsExactly("b", "a");
    }

    private static Mark mark(int floor) {
        return new Mark(Optional.of(floor), Optional.empty());
    }

    private static NodeWrite write(String node, Mark before, Mark wanted) {
        return new NodeWrite(node, before, wanted);
    }
}
