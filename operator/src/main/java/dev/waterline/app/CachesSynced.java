package dev.waterline.app;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Nothing is decided on a cache that is still filling: controllers that come after this part start once all are full. */
final class CachesSynced implements Part {
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final List<BooleanSupplier> caches;
    private final LongSupplier nanoTime;
    private volatile boolean stopped;

    CachesSynced(List<BooleanSupplier> caches, LongSupplier nanoTime) {
        this.caches = List.copyOf(caches);
        this.nanoTime = nanoTime;
    }

    @Override
    public void start() {
        long giveUpAt = nanoTime.getAsLong() + DEADLINE.toNanos();
        while (!stopped && !caches.stream().allMatch(BooleanSupplier::getAsBoolean)) {
            if (nanoTime.getAsLong() - giveUpAt > 0) {
                throw new IllegalStateException("The caches of pods, nodes and priority classes did not fill within "
                        + DEADLINE.toMinutes() + " minutes; does the RBAC allow to list and watch them?");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
