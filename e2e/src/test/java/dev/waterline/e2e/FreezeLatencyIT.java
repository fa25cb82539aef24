package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.observer.GuardTimeline;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.junit.Alone;
import dev.waterline.testbed.junit.WithTestbed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How long a freeze takes. Times are printed for whoever reads the log; what is asserted are bounds wide enough for a busy
 * machine, and that every freeze is acknowledged at all.
 */
@Alone
@Observed
@WithTestbed(group = "pressure")
class FreezeLatencyIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int NODES = 50;
    private static final int ROUNDS = 4;

    @BeforeAll
    static void install(Testbed testbed) {
        TestPods.createClasses(testbed.client());
        InstalledOperator.in(testbed);
    }

    @Test
    void fiftyNodesInOneDecisionAreAcknowledgedTogether(Testbed testbed) {
        var pool = Pool.of(testbed, "fifty", NODES);
        pool.waterline(
                "timing: {freezeAfter: 2s, thawAfter: 1s, minHold: 0s, panicAbove: 99, thawPercentPerMinute: 100}");
        await().atMost(SOON).until(() -> pool.condition("Enforced").equals("True/Acknowledged"));
        var decisionToAcknowledged = new ArrayList<Long>();
        var stepToAcknowledged = new ArrayList<Long>();
        for (int round = 0; round < ROUNDS; round++) {
            var step = Instant.now();
            pool.nodes().forEach(node -> pool.heat(node, 0.9));
            await().atMost(SOON)
                    .until(() -> GuardTimeline.read(
                                    testbed.audit(), testbed.apiServers().size())
                            .acknowledgedAfter(step)
                            .keySet()
                            .containsAll(pool.nodes()));
            var acknowledged = GuardTimeline.read(
                            testbed.audit(), testbed.apiServers().size())
                    .acknowledgedAfter(step);
            await().atMost(SOON)
                    .until(() -> pool.nodes().stream()
                            .allMatch(node -> pool.floor(node).isPresent()));
            for (var node : pool.nodes()) {
                var at = acknowledged.get(node);
                stepToAcknowledged.add(Duration.between(step, at).toMillis());
                decisionToAcknowledged.add(
                        Duration.between(frozenSince(pool, node), at).toMillis());
            }
            pool.nodes().forEach(node -> pool.heat(node, 0.3));
            await().atMost(SOON)
                    .until(() -> pool.nodes().stream()
                            .allMatch(node -> pool.floor(node).isEmpty()));
        }
        print("Decision to acknowledged, 50 nodes at once", decisionToAcknowledged);
        print("Step of CPU to acknowledged (interval 1s, freezeAfter 2s, raw)", stepToAcknowledged);
        assertThat(decisionToAcknowledged).hasSize(NODES * ROUNDS).allMatch(millis -> millis < 10_000);
    }

    @Test
    void theDefaultTimingsFreezeAStepWithinTwoMinutes(Testbed testbed) {
        var pool = Pool.of(testbed, "defaults", 5);
        pool.waterline("""
                interval: 5s
                signals: [{name: cpu, halfLife: 20s, maxAge: 60s, lag: 0s, prometheus: {query: node_utilisation_ratio}}]
                timing: {freezeAfter: 10s, thawAfter: 60s, minHold: 300s, panicAbove: 95, thawPercentPerMinute: 100}
                """);
        await().atMost(SOON).until(() -> pool.condition("Enforced").equals("True/Acknowledged"));
        await().pollDelay(Duration.ofSeconds(6)).atMost(SOON).until(() -> true);
        var step = Instant.now();
        pool.nodes().forEach(node -> pool.heat(node, 0.94));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> GuardTimeline.read(
                                testbed.audit(), testbed.apiServers().size())
                        .acknowledgedAfter(step)
                        .keySet()
                        .containsAll(pool.nodes()));
        Map<String, Instant> acknowledged =
                GuardTimeline.read(testbed.audit(), testbed.apiServers().size()).acknowledgedAfter(step);
        ToLongFunction<String> millis =
                node -> Duration.between(step, acknowledged.get(node)).toMillis();
        print(
                "Default timings: step from 30 % to 94 % to acknowledged",
                pool.nodes().stream().map(millis::applyAsLong).toList());
    }

    private static Instant frozenSince(Pool pool, String node) {
        var annotation = Objects.requireNonNull(
                pool.node(node).getMetadata().getAnnotations().get("waterline.dev/freeze"));
        var since = annotation.replaceAll(".*\"since\":\"([^\"]+)\".*", "$1");
        return Instant.parse(since);
    }

    private static void print(String what, List<Long> millis) {
        var sorted = millis.stream().sorted().toList();
        System.out.printf(
                "%s: p50 %d ms, p99 %d ms, max %d ms (n=%d)%n",
                what,
                sorted.get(sorted.size() / 2),
                sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1),
                sorted.getLast(),
                sorted.size());
    }
}
