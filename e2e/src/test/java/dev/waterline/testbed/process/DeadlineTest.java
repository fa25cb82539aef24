package dev.waterline.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class DeadlineTest {
    @Test
    void theConditionIsAskedOnceMoreWhenTimeIsUp() {
        var now = new AtomicLong(-5);
        var deadline = Deadline.after(Duration.ofNanos(100), now::get);
        var asked = new AtomicInteger();
        assertThat(deadline.await(Duration.ofNanos(1), () -> {
                    now.addAndGet(60);
                    return asked.incrementAndGet() == 2;
                }))
                .isTrue();
        assertThat(deadline.left()).isZero();
        assertThat(deadline.passed()).isTrue();
        assertThat(deadline.await(Duration.ofNanos(1), () -> false)).isFalse();
    }
}
