package dev.waterline.load;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something done again and again on a daemon thread; a step that fails is logged, and the next one is due all the same. */
public final class Repeating implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Repeating.class);

    private final ScheduledExecutorService executor;

    private Repeating(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    public static Repeating every(Duration interval, String name, Runnable step) {
        var executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
        var _ = executor.scheduleWithFixedDelay(
                () -> guarded(name, step), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return new Repeating(executor);
    }

    private static void guarded(String name, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            log.error("A step of {} failed", name, e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
