package dev.waterline.testbed.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** A moment on a monotonic clock after which waiting is over. */
public final class Deadline {
    private final long end;
    private final LongSupplier nanoTime;

    private Deadline(long end, LongSupplier nanoTime) {
        this.end = end;
        this.nanoTime = nanoTime;
    }

    public static Deadline after(Duration wait) {
        return after(wait, System::nanoTime);
    }

    static Deadline after(Duration wait, LongSupplier nanoTime) {
        return new Deadline(nanoTime.getAsLong() + wait.toNanos(), nanoTime);
    }

    /** What is left, never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong()));
    }

    public boolean passed() {
        return left().isZero();
    }

    /**
     * Asks again and again, first at once and last when the deadline has passed.
     *
     * @return whether the condition became true in time
     */
    public boolean await(Duration interval, BooleanSupplier condition) {
        while (true) {
            if (condition.getAsBoolean()) {
                return true;
            }
            var left = left();
            if (left.isZero()) {
                return false;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(Math.min(interval.toNanos(), left.toNanos()));
            } catch (InterruptedException e) {
                throw TestbedException.interrupted("waiting", e);
            }
        }
    }
}
