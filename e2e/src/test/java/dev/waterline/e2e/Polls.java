package dev.waterline.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionFactory;

/** Waiting for what a workload that is polled each second comes to. */
final class Polls {
    /** Long enough for several polls, so that a wrong step would have been made. */
    static final Duration SEVERAL = Duration.ofSeconds(5);

    private Polls() {}

    static ConditionFactory soon() {
        return await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(200));
    }

    static void staysSo(Callable<Boolean> condition) {
        await().during(SEVERAL)
                .atMost(SEVERAL.plusSeconds(5))
                .pollInterval(Duration.ofMillis(250))
                .failFast("it did not stay as it was", () -> !condition.call())
                .until(condition);
    }
}
