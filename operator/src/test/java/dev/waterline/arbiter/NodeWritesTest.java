package dev.waterline.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NodeWritesTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final NodeMarks.Mark FIRST = new NodeMarks.Mark(Optional.of(1000), Optional.empty());
    private static final NodeMarks.Mark SECOND = new NodeMarks.Mark(Optional.of(2000), Optional.empty());

    private final AtomicInteger calls = new AtomicInteger();
    private final SlowNodes nodes = new SlowNodes();
    private final NodeWrites writes = new NodeWrites(nodes, calls::incrementAndGet);

    @Test
    void aNodeIsWrittenOneAtATimeAndWhatCameMeanwhileCallsForAnotherPass() {
        writes.put("n1", FIRST);
        await().atMost(SOON).until(() -> nodes.begun.size() == 1);

        writes.put("n1", SECOND);
        writes.put("n1", SECOND);
        nodes.outcomes.add(true);

        await().atMost(SOON).until(() -> calls.get() == 1);
        assertThat(nodes.begun).containsExactly("n1 1000");
    }

    @Test
    void otherNodesDoNotWait() {
        writes.put("n1", FIRST);
        writes.put("n2", FIRST);

        await().atMost(SOON).until(() -> nodes.begun.size() == 2);
        nodes.outcomes.add(true);
        nodes.outcomes.add(true);
    }

    @Test
    void aWriteThatNobodyDisturbedCallsForNothing() {
        nodes.outcomes.add(true);
        writes.put("n1", FIRST);
        await().atMost(SOON).until(() -> nodes.ended.get() == 1);

        await().atMost(SOON).during(Duration.ofMillis(700)).until(() -> calls.get() == 0);
    }

    @Test
    void aWriteThatLostARaceCallsForAnotherPassAndMayThenBeMade() {
        nodes.outcomes.add(false);
        writes.put("n1", FIRST);
        await().atMost(SOON).until(() -> calls.get() == 1);

        nodes.outcomes.add(true);
        writes.put("n1", SECOND);

        await().atMost(SOON).until(() -> nodes.ended.get() == 2);
        assertThat(nodes.begun).containsExactly("n1 1000", "n1 2000");
    }

    @Test
    void aWriteThatFailsCallsForAnotherPassAndLeavesThePlaceFree() {
        nodes.failing = true;
        for (int i = 0; i < 40; i++) {
            writes.put("n" + i, FIRST);
        }
        await().atMost(SOON).until(() -> calls.get() == 40);

        nodes.failing = false;
        nodes.outcomes.add(true);
        writes.put("n1", SECOND);

        await().atMost(SOON).until(() -> nodes.begun.contains("n1 2000"));
    }

    /** Each write waits until the test says how it ends. */
    private static final class SlowNodes implements NodeMarks {
        final Queue<String> begun = new ConcurrentLinkedQueue<>();
        final BlockingQueue<Boolean> outcomes = new LinkedBlockingQueue<>();
        final AtomicInteger ended = new AtomicInteger();
        volatile boolean failing;

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
            begun.add(node + " " + mark.floor().orElseThrow());
            if (failing) {
                throw new IllegalStateException("the API server is away");
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
