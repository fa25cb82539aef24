package dev.waterline.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.fixture.FakeClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PassLoopTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration A_WHILE = Duration.ofMillis(300);

    private final FakeClock clock = new FakeClock("2026-07-01T12:00:00Z");
    private final TokenBucket pace = new TokenBucket(1, Duration.ofMillis(200), clock.nanoTime());
    private final AtomicInteger wanted = new AtomicInteger();
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger passes = new AtomicInteger();
    private final AtomicBoolean settles = new AtomicBoolean(true);
    private final PassLoop loop = new PassLoop("test", this::pass, Duration.ofMinutes(1), pace);

    private boolean pass() {
        if (written.get() != wanted.get()) {
            pace.take();
            written.set(wanted.get());
        }
        passes.incrementAndGet();
        return settles.get();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void theFirstChangeIsWrittenAtOnceAndAllThatComeInTheNextPeriodTogetherAfterIt() {
        loop.start();
        await().atMost(SOON).until(() -> passes.get() == 1);
        want(1);
        await().atMost(SOON).until(() -> written.get() == 1);

        for (int i = 2; i <= 50; i++) {
            want(i);
        }
        await().atMost(SOON).during(A_WHILE).until(() -> written.get() == 1);
        assertThat(loop.isSettled()).isFalse();

        clock.advance(Duration.ofMillis(200));
        await().atMost(SOON).until(() -> written.get() == 50);
        assertThat(passes).hasValue(3);
        await().atMost(SOON).until(loop::isSettled);
    }

    @Test
    void inASecondOfConstantChangeItWritesFiveTimesAndEndsWithTheLast() {
        loop.start();
        await().atMost(SOON).until(() -> passes.get() == 1);
        int before = passes.get();
        for (int tenth = 1; tenth <= 10; tenth++) {
            want(tenth);
            int atLeast = before + (tenth + 1) / 2;
            await().atMost(SOON).until(() -> passes.get() >= atLeast);
            clock.advance(Duration.ofMillis(100));
        }

        await().atMost(SOON).until(() -> written.get() == 10);
        assertThat(passes.get() - before).isLessThanOrEqualTo(6);
    }

    @Test
    void aPassThatWroteNothingDoesNotHoldUpTheNext() {
        loop.start();
        await().atMost(SOON).until(() -> passes.get() == 1);

        loop.call();
        await().atMost(SOON).until(() -> passes.get() == 2);
        want(7);

        await().atMost(SOON).until(() -> written.get() == 7);
    }

    @Test
    void aPassThatDidNotSettleThingsIsRepeatedUncalled() {
        settles.set(false);
        loop.start();

        await().atMost(SOON).until(() -> passes.get() >= 3);
        assertThat(loop.isSettled()).isFalse();
        settles.set(true);
        await().atMost(SOON).until(loop::isSettled);
    }

    @Test
    void itEndsWhileItWaitsForThePace() {
        loop.start();
        await().atMost(SOON).until(() -> passes.get() == 1);
        want(1);
        await().atMost(SOON).until(() -> written.get() == 1);
        want(2);

        loop.close();

        assertThat(written).hasValue(1);
    }

    private void want(int next) {
        wanted.set(next);
        loop.call();
    }
}
