package dev.waterline.arbiter;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs passes on a thread of its own, one after another: one for each call, or for several calls together; soon again after one
 * that did not settle things; and one each period in any case. Between passes it waits until the pace allows the next.
 */
final class PassLoop implements AutoCloseable {
    private static final Duration RETRY_AFTER = Duration.ofMillis(500);
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(10);
    private static final Logger log = LoggerFactory.getLogger(PassLoop.class);

    private final BooleanSupplier pass;
    private final Duration period;
    private final TokenBucket pace;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread worker;
    private boolean called = true;
    private boolean closed;
    private boolean settled;

    /**
     * @param pass does whatever is to be done and says whether things are settled
     * @param pace no pass begins before one may be taken from it; passes take from it what they use
     */
    PassLoop(String name, BooleanSupplier pass, Duration period, TokenBucket pace) {
        this.pass = pass;
        this.period = period;
        this.pace = pace;
        this.worker = Thread.ofPlatform().name(name).unstarted(this::run);
    }

    void start() {
        worker.start();
    }

    /** Asks for a pass. */
    void call() {
        lock.lock();
        try {
            called = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the last pass settled things, and nobody has asked for another. */
    boolean isSettled() {
        lock.lock();
        try {
            return settled && !called;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            worker.join(CLOSED_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var pause = Duration.ZERO;
        while (waitForTurn(pause)) {
            boolean settledNow = false;
            try {
                settledNow = pass.getAsBoolean();
            } catch (RuntimeException e) {
                log.warn("Enforcement failed and is tried again in {} ms", RETRY_AFTER.toMillis(), e);
            }
            pause = settledNow ? period : RETRY_AFTER;
            settle(settledNow);
        }
    }

    private void settle(boolean settledNow) {
        lock.lock();
        try {
            settled = settledNow;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a call or for the pause to end, and then for the pace. Calls that come in the meantime are for the same pass.
     *
     * @return false once closed
     */
    private boolean waitForTurn(Duration pause) {
        lock.lock();
        try {
            long nanos = pause.toNanos();
            while (!called && !closed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            for (var wait = pace.untilFree(); !closed && wait.isPositive(); wait = pace.untilFree()) {
                var _ = changed.awaitNanos(wait.toNanos());
            }
            called = false;
            settled = false;
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
