package dev.waterline.arbiter;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes marks to nodes: the most urgent first, some at once, each node one at a time, and all together within a budget. Each
 * node write is sent to everybody who watches nodes, so a storm of freezes must not become a storm of events; the guard needs
 * no node write to be in force.
 *
 * <p>A write that fails, or that another was asked for meanwhile, calls for another pass.
 */
final class NodeWrites implements AutoCloseable {
    /** 300 nodes that cross at once are tainted within 10 s: 100 at once, 200 at 20 a second; 15 s are promised. */
    static final int BURST = 100;

    static final Duration PERIOD = Duration.ofMillis(50);

    private static final int AT_ONCE = 16;
    private static final Duration RETRY_AFTER = Duration.ofMillis(500);
    private static final Logger log = LoggerFactory.getLogger(NodeWrites.class);

    private final NodeMarks marks;
    private final Runnable callForAnotherPass;
    private final TokenBucket budget;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeSet<NodeWrite> waiting = new TreeSet<>();

    /** By node name. */
    private final Map<String, UnderWay> underWay = new HashMap<>();

    private boolean closed;

    private record UnderWay(NodeMarks.Mark mark, boolean anotherIsDue) {}

    NodeWrites(NodeMarks marks, Runnable callForAnotherPass, LongSupplier nanoTime) {
        this.marks = marks;
        this.callForAnotherPass = callForAnotherPass;
        this.budget = new TokenBucket(BURST, PERIOD, nanoTime);
        var _ = Thread.ofPlatform().name("node-writes").daemon().start(this::dispatch);
    }

    /** Replaces all that was waiting: what is no longer wanted is not written any more. */
    void replace(Collection<NodeWrite> writes) {
        lock.lock();
        try {
            waiting.clear();
            for (var write : writes) {
                var present = underWay.get(write.node());
                if (present == null) {
                    waiting.add(write);
                } else if (!present.mark().equals(write.wanted())) {
                    underWay.put(write.node(), new UnderWay(present.mark(), true));
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Begins no more writes. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void dispatch() {
        for (var next = take(); next.isPresent(); next = take()) {
            var write = next.get();
            Thread.ofVirtual().name("mark-" + write.node()).start(() -> write(write));
        }
    }

    /** Waits for the most urgent write, a place and the budget; empty once closed. */
    private Optional<NodeWrite> take() {
        lock.lock();
        try {
            while (!closed) {
                var wait = budget.untilFree();
                if (waiting.isEmpty() || underWay.size() >= AT_ONCE) {
                    changed.await();
                } else if (wait.isPositive()) {
                    var _ = changed.awaitNanos(wait.toNanos());
                } else {
                    budget.take();
                    var write = Objects.requireNonNull(waiting.pollFirst());
                    underWay.put(write.node(), new UnderWay(write.wanted(), false));
                    return Optional.of(write);
                }
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void write(NodeWrite write) {
        boolean done = false;
        try {
            done = marks.put(write.node(), write.wanted());
        } catch (RuntimeException e) {
            log.warn("Could not write the marks of node {}; tried again soon", write.node(), e);
        }
        boolean anotherIsDue = finish(write.node());
        if (!done) {
            CompletableFuture.delayedExecutor(RETRY_AFTER.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(callForAnotherPass);
        } else if (anotherIsDue) {
            callForAnotherPass.run();
        }
    }

    private boolean finish(String node) {
        lock.lock();
        try {
            changed.signalAll();
            var finished = underWay.remove(node);
            return finished != null && finished.anotherIsDue();
        } finally {
            lock.unlock();
        }
    }
}
