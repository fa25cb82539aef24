package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.junit.Alone;
import dev.waterline.testbed.junit.WithTestbed;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How long the API server waits for the guard, by the API server's own histogram. */
@Alone
@WithTestbed(group = "pressure")
class GuardLatencyIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int PODS = 100;
    private static final int CALLS_PER_SECOND = 50;
    private static final int SECONDS = 20;
    private static final int WINDOWS = 3;
    private static final double WITHIN_25_MS = 0.99;

    @BeforeAll
    static void install(Testbed testbed) {
        TestPods.createClasses(testbed.client());
        InstalledOperator.in(testbed);
    }

    /** Several windows, of which one must do: others may work on this machine, and what they cost is not the guard's. */
    @Test
    void ninetyNineOfAHundredCallsAreAnsweredWithin25MillisecondsAtFiftyASecond(Testbed testbed) {
        var pool = Pool.of(testbed, "latency", 10);
        pool.waterline("");
        await().atMost(SOON).until(() -> pool.condition("Enforced").equals("True/Acknowledged"));
        pool.nodes().forEach(node -> pool.heat(node, 0.9));
        await().atMost(SOON).until(() -> pool.nodes().stream().allMatch(pool::isGuarded));
        var pods = new ArrayList<Pod>();
        for (int i = 0; i < PODS; i++) {
            pods.add(TestPods.unscheduled(testbed.client(), "latency-low-" + i, TestPods.LOW));
        }

        var best = 0.0;
        for (int window = 0; window < WINDOWS && best < WITHIN_25_MS; window++) {
            var before = ApiServerMetrics.of(testbed.client());
            var leaked = bindAtAnEvenPace(testbed, pods, pool.nodes());
            var after = ApiServerMetrics.of(testbed.client());
            double calls = after.guardCalls() - before.guardCalls();
            double share = (after.guardCallsWithin("0.025") - before.guardCallsWithin("0.025")) / calls;
            best = leaked == 0 ? Math.max(best, share) : best;
            System.out.printf(
                    "Guard latency by the API server's histogram: %.0f calls in %d s, within 5 ms %.2f %%, 25 ms %.2f %%,"
                            + " 100 ms %.2f %%; not answered %.0f%n",
                    calls,
                    SECONDS,
                    100 * (after.guardCallsWithin("0.005") - before.guardCallsWithin("0.005")) / calls,
                    100 * share,
                    100 * (after.guardCallsWithin("0.1") - before.guardCallsWithin("0.1")) / calls,
                    after.guardFailedOpen() - before.guardFailedOpen());
            assertThat(calls).isGreaterThanOrEqualTo(CALLS_PER_SECOND * SECONDS * 0.9);
        }
        assertThat(best).isGreaterThanOrEqualTo(WITHIN_25_MS);
        testbed.client().resource(pool.current()).delete();
    }

    /** @return how many were bound */
    private static int bindAtAnEvenPace(Testbed testbed, List<Pod> pods, List<String> nodes) {
        var bound = new AtomicInteger();
        var asked = new AtomicInteger();
        try (var binders = Executors.newVirtualThreadPerTaskExecutor();
                var clock = Executors.newSingleThreadScheduledExecutor()) {
            var ticks = clock.scheduleAtFixedRate(
                    () -> binders.execute(() -> {
                        int i = asked.getAndIncrement();
                        if (TestPods.bind(testbed.client(), pods.get(i % pods.size()), nodes.get(i % nodes.size()))
                                .isEmpty()) {
                            bound.incrementAndGet();
                        }
                    }),
                    0,
                    1_000_000 / CALLS_PER_SECOND,
                    TimeUnit.MICROSECONDS);
            await().atMost(SOON.multipliedBy(2)).until(() -> asked.get() >= CALLS_PER_SECOND * SECONDS);
            ticks.cancel(false);
        }
        return bound.get();
    }
}
