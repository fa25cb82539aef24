package dev.waterline.arbiter;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A burst at once, then one for each period, whatever came before. Kept as the one moment at which the bucket will be full
 * again (the virtual scheduling algorithm of ITU-T I.371), so nothing is counted and nothing drifts. Not thread-safe.
 */
final class TokenBucket {
    private final long periodNanos;
    private final long toleranceNanos;
    private final LongSupplier nanoTime;
    private long fullAt;

    /**
     * @param burst how many may be taken from a full bucket, at least 1
     * @param period in which one comes back
     */
    TokenBucket(int burst, Duration period, LongSupplier nanoTime) {
        this.periodNanos = period.toNanos();
        this.toleranceNanos = (burst - 1) * periodNanos;
        this.nanoTime = nanoTime;
        this.fullAt = nanoTime.getAsLong();
    }

    /** How long until one may be taken; zero: now. */
    Duration untilFree() {
        long wait = fullAt - toleranceNanos - nanoTime.getAsLong();
        return Duration.ofNanos(Math.max(wait, 0));
    }

    /** Takes one, also where none is left: what then is taken too much is paid for by a longer wait. */
    void take() {
        long now = nanoTime.getAsLong();
        fullAt = (fullAt - now > 0 ? fullAt : now) + periodNanos;
    }
}
