package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.observer.GuardTimeline;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.User;
import dev.waterline.testbed.junit.Alone;
import dev.waterline.testbed.junit.WithTestbed;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No pod of a lower tier binds to a node once its freeze is acknowledged; two API servers, judged by their audit logs. */
@Alone
@Observed
@WithTestbed(apiServers = 2, group = "leaks")
class LeakIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int PODS = 1_000;

    /** A pod that was refused may be tried again, and so serves for several. */
    private static final int DIRECT_BINDINGS = 5_000;

    @BeforeAll
    static void install(Testbed testbed) {
        TestPods.createClasses(testbed.client());
        InstalledOperator.in(testbed);
    }

    @Test
    void fiveThousandDirectBindingsAgainstFrozenNodesAreAllDenied(Testbed testbed) {
        var pool = Pool.of(testbed, "direct", 20);
        pool.waterline("");
        await().atMost(SOON).until(() -> pool.condition("Enforced").equals("True/Acknowledged"));
        var low = new ConcurrentHashMap<Integer, Pod>();
        var critical = new ConcurrentHashMap<Integer, Pod>();
        AtOnce.run(PODS, i -> low.put(i, TestPods.unscheduled(testbed.client(), "direct-low-" + i, TestPods.LOW)));
        AtOnce.run(
                200,
                i -> critical.put(
                        i, TestPods.unscheduled(testbed.client(), "direct-critical-" + i, TestPods.CRITICAL)));
        var frozen = pool.nodes().subList(0, 10);
        frozen.forEach(node -> pool.heat(node, 0.9));
        await().atMost(SOON)
                .until(() -> GuardTimeline.read(
                                testbed.audit(), testbed.apiServers().size())
                        .acknowledgedAfter(Instant.EPOCH)
                        .keySet()
                        .containsAll(frozen));

        var leaked = new AtomicInteger();
        var refused = new AtomicInteger();
        var criticalBound = new AtomicInteger();
        AtOnce.run(DIRECT_BINDINGS, i -> {
            var client = testbed.client(User.ADMIN, i % 2);
            var answer =
                    TestPods.bind(client, Objects.requireNonNull(low.get(i % PODS)), frozen.get(i % frozen.size()));
            (answer.isEmpty() ? leaked : refused).incrementAndGet();
            if (i % 25 == 0
                    && TestPods.bind(
                                    client, Objects.requireNonNull(critical.get(i / 25)), frozen.get(i % frozen.size()))
                            .isEmpty()) {
                criticalBound.incrementAndGet();
            }
        });

        System.out.printf(
                "Direct bindings: %d refused, %d leaked; critical bound: %d%n",
                refused.get(), leaked.get(), criticalBound.get());
        assertThat(leaked).hasValue(0);
        assertThat(refused).hasValue(DIRECT_BINDINGS);
        assertThat(criticalBound).hasValue(200);
        testbed.client().resource(pool.current()).delete();
    }

    @Test
    void aSchedulerUnderChurnBindsNoLowPodAfterTheAcknowledgement(Testbed testbed) {
        var pool = Pool.of(testbed, "churn", 40);
        pool.waterline("");
        await().atMost(SOON).until(() -> pool.condition("Enforced").equals("True/Acknowledged"));

        var outcome = new SchedulerChurn(testbed).freezeUnderWay(pool, 14);

        System.out.println("Churn with two API servers: " + outcome);
        assertThat(outcome.unguarded()).isEmpty();
        assertThat(outcome.leaks()).isEmpty();
        assertThat(outcome.criticalOnFrozen()).isPositive();
    }
}
