package dev.waterline.leadership;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether this process may still write. It holds for {@code renewDeadline} from the moment <em>before</em> the last
 * successful renewal was sent: others wait for the longer lease duration from a moment after that, so no two processes
 * ever hold at once, whatever their wall clocks say and however long a request hangs.
 */
public final class Fence {
    private final LongSupplier nanoTime;
    private final long deadlineNanos;
    private final boolean alwaysOpen;
    private volatile Holding holding = new Closed();

    private sealed interface Holding {}

    private record Closed() implements Holding {}

    private record RenewedAt(long nanos) implements Holding {}

    private Fence(LongSupplier nanoTime, Duration renewDeadline, boolean alwaysOpen) {
        this.nanoTime = nanoTime;
        this.deadlineNanos = renewDeadline.toNanos();
        this.alwaysOpen = alwaysOpen;
    }

    /** A fence that is closed until the first renewal. */
    public static Fence closed(LongSupplier nanoTime, Duration renewDeadline) {
        return new Fence(nanoTime, renewDeadline, false);
    }

    /** A fence that always holds, for a process that is the only one by configuration. */
    public static Fence open() {
        return new Fence(() -> 0, Duration.ZERO, true);
    }

    /** The present moment on the fence's clock, to be taken before a renewal is sent. */
    long now() {
        return nanoTime.getAsLong();
    }

    /** A renewal that was sent at this moment of {@link #now()} has succeeded. */
    void renewed(long sentAtNanos) {
        holding = new RenewedAt(sentAtNanos);
    }

    /** The lease is given up, or about to be. */
    void close() {
        holding = new Closed();
    }

    /** Whether a write may be sent now. */
    public boolean holds() {
        return alwaysOpen || (holding instanceof RenewedAt(long nanos) && nanoTime.getAsLong() - nanos < deadlineNanos);
    }

    /**
     * To be asked before a write is sent.
     *
     * @throws FenceExpiredException if nothing may be written now
     */
    public void check() {
        if (!holds()) {
            throw new FenceExpiredException("Write stopped: this replica does not surely hold the lease now.");
        }
    }
}
