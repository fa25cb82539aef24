package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.observer.GuardTimeline;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.User;
import dev.waterline.testbed.audit.AuditRecord;
import dev.waterline.testbed.junit.WithTestbed;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No pod of a lower tier binds to a node once its freeze is acknowledged; two API servers, judged by their audit logs. */
@Observed
@WithTestbed(apiServers = 2, group = "leaks")
class LeakIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int DIRECT_BINDINGS = 1_000;
    private static final int WRITERS = 16;

    @BeforeAll
    static void install(Testbed testbed) {
        TestPods.createClasses(testbed.client());
        InstalledOperator.in(testbed);
    }

    @Test
    void aThousandDirectBindingsAgainstFrozenNodesAreAllDenied(Testbed testbed) {
        var pool = Pool.of(testbed, "direct", 20);
        pool.waterline("");
        await().atMost(SOON).until(() -> pool.condition("Enforced").equals("True/Acknowledged"));
        var low = new ConcurrentHashMap<Integer, Pod>();
        var critical = new ConcurrentHashMap<Integer, Pod>();
        atOnce(
                DIRECT_BINDINGS,
                i -> low.put(i, TestPods.unscheduled(testbed.client(), "direct-low-" + i, TestPods.LOW)));
        atOnce(
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
        atOnce(DIRECT_BINDINGS, i -> {
            var client = testbed.client(User.ADMIN, i % 2);
            var answer = TestPods.bind(client, Objects.requireNonNull(low.get(i)), frozen.get(i % frozen.size()));
            (answer.isEmpty() ? leaked : refused).incrementAndGet();
            if (i % 5 == 0
                    && TestPods.bind(client, Objects.requireNonNull(critical.get(i / 5)), frozen.get(i % frozen.size()))
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
        var frozen = pool.nodes().subList(0, 14);
        var stop = new AtomicBoolean();
        var made = new AtomicInteger();
        var start = Instant.now();
        try (var churn = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, WRITERS).forEach(writer -> churn.execute(() -> churn(testbed, stop, made)));
            await().atMost(SOON).until(() -> made.get() > 300);
            frozen.forEach(node -> pool.heat(node, 0.9));
            await().pollInterval(Duration.ofMillis(500))
                    .atMost(SOON)
                    .until(() -> frozen.stream().allMatch(pool::isGuarded));
            int atFreeze = made.get();
            await().atMost(Duration.ofSeconds(90)).until(() -> made.get() > atFreeze + 1_500);
            stop.set(true);
        }
        var seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
        var acknowledged =
                GuardTimeline.read(testbed.audit(), testbed.apiServers().size()).acknowledgedAfter(start);
        var bindings = bindings(testbed, start);
        var leaks = bindings.stream()
                .filter(binding -> binding.name().startsWith("churn-low"))
                .filter(binding -> binding.bindingTarget()
                        .map(acknowledged::get)
                        .filter(at -> binding.received().isAfter(at))
                        .isPresent())
                .toList();
        long criticalOnFrozen = bindings.stream()
                .filter(binding -> binding.name().startsWith("churn-critical"))
                .filter(binding -> binding.bindingTarget()
                        .map(acknowledged::get)
                        .filter(at -> binding.received().isAfter(at))
                        .isPresent())
                .count();
        var firstFreeze = acknowledged.values().stream().min(Instant::compareTo).orElseThrow();
        var created = creations(testbed, start);
        System.out.printf(
                "Churn: %d bindings in %.0f s (%.0f a second), leaks %d, critical on frozen nodes %d,"
                        + " critical create-to-bound p50 %d ms before and %d ms while frozen%n",
                bindings.size(),
                seconds,
                bindings.size() / seconds,
                leaks.size(),
                criticalOnFrozen,
                median(latencies(bindings, created, start, firstFreeze)),
                median(latencies(bindings, created, firstFreeze, Instant.MAX)));
        assertThat(acknowledged).containsKeys(frozen.toArray(String[]::new));
        assertThat(leaks).isEmpty();
        assertThat(criticalOnFrozen).isPositive();
    }

    /** Makes and deletes pods, one critical for every four low ones. */
    private static void churn(Testbed testbed, AtomicBoolean stop, AtomicInteger made) {
        while (!stop.get()) {
            int i = made.incrementAndGet();
            boolean critical = i % 5 == 0;
            var name = (critical ? "churn-critical-" : "churn-low-") + i;
            testbed.client()
                    .resource(TestPods.pod(name, critical ? TestPods.CRITICAL : TestPods.LOW)
                            .build())
                    .create();
            if (i > 400) {
                var old = i - 400;
                testbed.client()
                        .pods()
                        .inNamespace("default")
                        .withName((old % 5 == 0 ? "churn-critical-" : "churn-low-") + old)
                        .delete();
            }
        }
    }

    private static List<AuditRecord> bindings(Testbed testbed, Instant from) {
        try (var records = testbed.audit().records()) {
            return records.filter(record -> record.isBinding() && record.changed())
                    .filter(record -> record.completed().isAfter(from))
                    .toList();
        }
    }

    /** When the API server got the request to create each critical pod. */
    private static Map<String, Instant> creations(Testbed testbed, Instant from) {
        var created = new HashMap<String, Instant>();
        try (var records = testbed.audit().records()) {
            records.filter(record ->
                            record.verb().equals("create") && record.resource().equals("pods"))
                    .filter(record -> record.subresource().isEmpty() && record.changed())
                    .filter(record -> record.name().startsWith("churn-critical"))
                    .filter(record -> record.received().isAfter(from))
                    .forEach(record -> created.put(record.name(), record.received()));
        }
        return created;
    }

    private static List<Long> latencies(
            List<AuditRecord> bindings, Map<String, Instant> created, Instant from, Instant to) {
        return bindings.stream()
                .flatMap(binding -> Optional.ofNullable(created.get(binding.name())).stream()
                        .filter(at -> at.isAfter(from) && at.isBefore(to))
                        .map(at -> Duration.between(at, binding.completed()).toMillis()))
                .sorted()
                .toList();
    }

    private static long median(List<Long> sorted) {
        return sorted.isEmpty() ? -1 : sorted.get(sorted.size() / 2);
    }

    private static void atOnce(int count, IntConsumer action) {
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
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
