package dev.waterline.e2e;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Does the same many times, several at once. */
final class AtOnce {
    static final int WRITERS = 16;

    private AtOnce() {}

    /** Ends when all are done; the first failure is thrown. */
    static void run(int count, IntConsumer action) {
        var places = new Semaphore(WRITERS);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = IntStream.range(0, count)
                    .mapToObj(i -> executor.submit(() -> {
                        places.acquireUninterruptibly();
                        try {
                            action.accept(i);
                        } finally {
                            places.release();
                        }
                    }))
                    .toList();
            for (var one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
