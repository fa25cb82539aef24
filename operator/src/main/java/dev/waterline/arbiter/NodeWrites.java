package dev.waterline.arbiter;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes marks to many nodes at once, but to each node one at a time. A write that fails, or that came while another to the
 * same node was under way, calls for another pass.
 */
final class NodeWrites {
    private static final int AT_ONCE = 16;
    private static final Duration WAIT_FOR_A_PLACE = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofMillis(500);
    private static final Logger log = LoggerFactory.getLogger(NodeWrites.class);

    private final NodeMarks marks;
    private final Runnable callForAnotherPass;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** By node name; true: another pass is due when this write is done. */
    private final ConcurrentHashMap<String, Boolean> underWay = new ConcurrentHashMap<>();

    NodeWrites(NodeMarks marks, Runnable callForAnotherPass) {
        this.marks = marks;
        this.callForAnotherPass = callForAnotherPass;
    }

    void put(String node, NodeMarks.Mark mark) {
        if (underWay.merge(node, false, (_, _) -> true)) {
            return;
        }
        Thread.ofVirtual().name("mark-" + node).start(() -> write(node, mark));
    }

    private void write(String node, NodeMarks.Mark mark) {
        boolean done = false;
        try {
            if (places.tryAcquire(WAIT_FOR_A_PLACE.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    done = marks.put(node, mark);
                } finally {
                    places.release();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("Could not write the marks of node {}; tried again soon", node, e);
        }
        boolean anotherIsDue = Boolean.TRUE.equals(underWay.remove(node));
        if (!done) {
            CompletableFuture.delayedExecutor(RETRY_AFTER.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(callForAnotherPass);
        } else if (anotherIsDue) {
            callForAnotherPass.run();
        }
    }
}
