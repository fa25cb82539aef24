package dev.waterline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoundedVirtualThreadsTest {

    @Test
    void neverMoreTasksRunAtOnceThanTheBoundAndAllOfThemRun() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch twoRun = new CountDownLatch(2);
        List<Future<Boolean>> results = new ArrayList<>();

        try (BoundedVirtualThreads threads = new BoundedVirtualThreads("test", 2)) {
            for (int i = 0; i < 50; i++) {
                results.add(threads.submit(() -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    twoRun.countDown();
                    boolean met = twoRun.await(5, TimeUnit.SECONDS);
                    running.decrementAndGet();
                    return met && Thread.currentThread().isVirtual();
                }));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get(10, TimeUnit.SECONDS)).isTrue();
            }
        }

        assertThat(most).hasValue(2);
    }

    @Test
    void whatWaitsForAPermitDoesNotBeginAfterShutdownNow() throws Exception {
        BoundedVirtualThreads threads = new BoundedVirtualThreads("test", 1);
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger second = new AtomicInteger();
        threads.execute(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
        threads.execute(second::incrementAndGet);

        threads.shutdownNow();

        assertThat(threads.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        assertThat(second).hasValue(0);
    }
}
