package dev.waterline.app;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A virtual thread for each task, of which only so many run at a time; the others wait. */
final class BoundedVirtualThreads extends AbstractExecutorService {
    private final ExecutorService threads;
    private final Semaphore permits;
    private volatile boolean stoppedNow;

    BoundedVirtualThreads(String name, int bound) {
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-", 0).factory());
        this.permits = new Semaphore(bound);
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(() -> {
            try {
                permits.acquire();
            } catch (InterruptedException e) {
                // shutdownNow: what has not begun does not begin any more.
                Thread.currentThread().interrupt();
                return;
            }
            try {
                // The one that ends first passes its permit on before the one that waits is interrupted.
                if (!stoppedNow) {
                    task.run();
                }
            } finally {
                permits.release();
            }
        });
    }

    @Override
    public void shutdown() {
        threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        stoppedNow = true;
        return threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
