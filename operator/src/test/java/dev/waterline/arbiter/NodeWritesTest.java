package dev.waterline.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.arbiter.NodeMarks.Mark;
import dev.waterline.fixture.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeWritesTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Mark FIRST = new Mark(Optional.of(1000), Optional.empty());
    private static final Mark SECOND = new Mark(Optional.of(2000), Optional.empty());

    private final AtomicInteger calls = new AtomicInteger();
    private final SlowNodes nodes = new SlowNodes();
    private final FakeClock clock = new FakeClock("2026-07-01T12:00:00Z");
    private final NodeWrites writes = new NodeWrites(nodes, calls::incrementAndGet, clock.nanoTime());

    @AfterEach
    void close() {
        writes.close();
    }

    @Test
    void aNodeIsWrittenOneAtATimeAndWhatCameMeanwhileCallsForAnotherPass() {
        freeze(List.of("n1"), FIRST);
        await().atMost(SOON).until(() -> nodes.begun.size() == 1);

        freeze(List.of("n1"), SECOND);
        freeze(List.of("n1"), SECOND);
        nodes.outcomes.add(true);

        await().atMost(SOON).until(() -> calls.get() == 1);
        assertThat(nodes.begun).containsExactly("n1 1000");
    }

    @Test
    void otherNodesDoNotWait() {
        freeze(List.of("n1", "n2"), FIRST);

        await().atMost(SOON).until(() -> nodes.begun.size() == 2);
        nodes.outcomes.addAll(List.of(true, true));
    }

    @Test
    void aWriteThatNobodyDisturbedCallsForNothing() {
        nodes.outcomes.add(true);
        freeze(List.of("n1"), FIRST);
        await().atMost(SOON).until(() -> nodes.ended.get() == 1);

        await().atMost(SOON).during(Duration.ofMillis(700)).until(() -> calls.get() == 0);
    }

    @Test
    void askingForWhatIsBeingWrittenCallsForNothing() {
        freeze(List.of("n1"), FIRST);
        await().atMost(SOON).until(() -> nodes.begun.size() == 1);
        freeze(List.of("n1"), FIRST);
        nodes.outcomes.add(true);
        await().atMost(SOON).until(() -> nodes.ended.get() == 1);

        await().atMost(SOON).during(Duration.ofMillis(200)).until(() -> calls.get() == 0);
        assertThat(nodes.begun).hasSize(1);
    }

    @Test
    void aWriteThatLostARaceCallsForAnotherPassAndMayThenBeMade() {
        nodes.outcomes.add(false);
        freeze(List.of("n1"), FIRST);
        await().atMost(SOON).until(() -> calls.get() == 1);

        nodes.outcomes.add(true);
        freeze(List.of("n1"), SECOND);

        await().atMost(SOON).until(() -> nodes.ended.get() == 2);
        assertThat(nodes.begun).containsExactly("n1 1000", "n1 2000");
    }

    @Test
    void aWriteThatFailsCallsForAnotherPassAndLeavesThePlaceFree() {
        nodes.failing = true;
        freeze(names(40), FIRST);
        await().atMost(SOON).until(() -> calls.get() == 40);

        nodes.failing = false;
        nodes.outcomes.add(true);
        freeze(List.of("n1"), SECOND);

        await().atMost(SOON).until(() -> nodes.begun.contains("n1 2000"));
    }

    @Test
    void threeHundredFreezesAreWrittenWithinTenSecondsAndNotSooner() {
        nodes.waiting = false;
        freeze(names(300), FIRST);
        await().atMost(SOON).until(() -> nodes.ended.get() == NodeWrites.BURST);

        for (int tenth = 1; tenth <= 100; tenth++) {
            clock.advance(Duration.ofMillis(100));
            int allowed = NodeWrites.BURST + 2 * tenth;
            await().atMost(SOON).until(() -> nodes.ended.get() == allowed);
        }
        assertThat(nodes.ended).hasValue(300);
    }

    @Test
    void whatIsMoreUrgentOvertakesWhatWaitsAndWhatIsNoLongerWantedIsNotWritten() {
        nodes.waiting = false;
        freeze(names(NodeWrites.BURST), FIRST);
        await().atMost(SOON).until(() -> nodes.ended.get() == NodeWrites.BURST);
        writes.replace(List.of(new NodeWrite("thaw", FIRST, Mark.NONE), freeze("stale", FIRST)));

        writes.replace(List.of(new NodeWrite("thaw", FIRST, Mark.NONE), freeze("low", FIRST), freeze("high", SECOND)));
        clock.advance(Duration.ofSeconds(1));

        await().atMost(SOON).until(() -> nodes.ended.get() == NodeWrites.BURST + 3);
        assertThat(nodes.begun.subList(NodeWrites.BURST, nodes.begun.size()))
                .containsExactlyInAnyOrder("high 2000", "low 1000", "thaw none");
    }

    @Test
    void withOneLeftInTheBudgetTheMostUrgentTakesIt() {
        nodes.waiting = false;
        freeze(names(NodeWrites.BURST), FIRST);
        await().atMost(SOON).until(() -> nodes.ended.get() == NodeWrites.BURST);

        writes.replace(List.of(new NodeWrite("thaw", SECOND, Mark.NONE), freeze("low", FIRST), freeze("high", SECOND)));
        for (int done = 1; done <= 3; done++) {
            clock.advance(NodeWrites.PERIOD);
            int ended = NodeWrites.BURST + done;
            await().atMost(SOON).until(() -> nodes.ended.get() == ended);
        }

        assertThat(nodes.begun.subList(NodeWrites.BURST, nodes.begun.size()))
                .containsExactly("high 2000", "low 1000", "thaw none");
    }

    @Test
    void onceClosedNothingBegins() {
        writes.close();

        freeze(List.of("n1"), FIRST);

        await().atMost(SOON).during(Duration.ofMillis(100)).until(nodes.begun::isEmpty);
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
    }

    private static NodeWrite freeze(String node, Mark mark) {
        return new NodeWrite(node, Mark.NONE, mark);
    }

    private void freeze(List<String> names, Mark mark) {
        writes.replace(names.stream().map(name -> freeze(name, mark)).toList());
    }

    /** Each write waits until the test says how it ends, unless it has said that none shall wait. */
    private static final class SlowNodes implements NodeMarks {
        final List<String> begun = new CopyOnWriteArrayList<>();
        final BlockingQueue<Boolean> outcomes = new LinkedBlockingQueue<>();
        final AtomicInteger ended = new AtomicInteger();
        volatile boolean failing;
        volatile boolean waiting = true;

        @Override
        public Map<String, Mark> marked() {
            return Map.of();
        }

        @Override
        public Optional<Mark> wanted(String node, NodeVerdict verdict) {
            return Optional.empty();
        }

        @Override
        public boolean put(String node, Mark mark) {
            begun.add(node + " " + mark.floor().map(String::valueOf).orElse("none"));
            if (failing) {
                throw new IllegalStateException("the API server is away");
            }
            if (!waiting) {
                ended.incrementAndGet();
                return true;
            }
            try {
                var outcome = outcomes.poll(SOON.toMillis(), TimeUnit.MILLISECONDS);
                ended.incrementAndGet();
                return Boolean.TRUE.equals(outcome);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
