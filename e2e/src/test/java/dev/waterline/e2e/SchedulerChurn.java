package dev.waterline.e2e;

import static org.awaitility.Awaitility.await;

import dev.waterline.observer.GuardTimeline;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.audit.AuditRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Pods are made and deleted as fast as it goes while nodes freeze, and the scheduler binds them. */
final class SchedulerChurn {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int WARM = 300;
    private static final int WHILE_FROZEN = 1_500;
    private static final int ALIVE = 400;

    /**
     * What the audit logs say of it.
     *
     * @param bindings that succeeded
     * @param leaks bindings of low pods to a node after its freeze was acknowledged
     * @param criticalOnFrozen those of critical pods
     * @param unguarded nodes whose freeze was never acknowledged
     */
    record Outcome(
            int bindings,
            double seconds,
            List<AuditRecord> leaks,
            long criticalOnFrozen,
            List<String> unguarded,
            long medianMillisBefore,
            long medianMillisWhileFrozen) {

        @Override
        public String toString() {
            return ("%d bindings in %.0f s (%.0f a second), leaks %d, critical on frozen nodes %d,"
                            + " critical create-to-bound p50 %d ms before and %d ms while frozen")
                    .formatted(
                            bindings,
                            seconds,
                            bindings / seconds,
                            leaks.size(),
                            criticalOnFrozen,
                            medianMillisBefore,
                            medianMillisWhileFrozen);
        }
    }

    private final Testbed testbed;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger made = new AtomicInteger();

    SchedulerChurn(Testbed testbed) {
        this.testbed = testbed;
    }

    /** Begins, freezes the first of the pool's nodes under way, goes on for a while, and looks back. */
    Outcome freezeUnderWay(Pool pool, int nodes) {
        var frozen = pool.nodes().subList(0, nodes);
        var start = Instant.now();
        try (var churn = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, AtOnce.WRITERS).forEach(_ -> churn.execute(this::makeAndDelete));
            try {
                freeze(pool, frozen);
            } finally {
                // Before the executor is closed, which waits for the writers to end.
                stop.set(true);
            }
        }
        return outcome(frozen, start, Duration.between(start, Instant.now()));
    }

    private void freeze(Pool pool, List<String> frozen) {
        await().atMost(SOON).until(() -> made.get() > WARM);
        frozen.forEach(node -> pool.heat(node, 0.9));
        await().pollInterval(Duration.ofMillis(500))
                .atMost(SOON)
                .until(() -> frozen.stream().allMatch(pool::isGuarded));
        int atFreeze = made.get();
        await().atMost(SOON.multipliedBy(2)).until(() -> made.get() > atFreeze + WHILE_FROZEN);
    }

    private Outcome outcome(List<String> frozen, Instant start, Duration took) {
        var acknowledged =
                GuardTimeline.read(testbed.audit(), testbed.apiServers().size()).acknowledgedAfter(start);
        var bindings = bindings(start);
        var onFrozen = bindings.stream()
                .filter(binding -> binding.bindingTarget()
                        .map(acknowledged::get)
                        .filter(at -> binding.received().isAfter(at))
                        .isPresent())
                .toList();
        var firstFreeze = acknowledged.values().stream().min(Instant::compareTo).orElse(Instant.MAX);
        var created = creations(start);
        return new Outcome(
                bindings.size(),
                took.toMillis() / 1000.0,
                onFrozen.stream()
                        .filter(binding -> binding.name().startsWith("churn-low"))
                        .toList(),
                onFrozen.stream()
                        .filter(binding -> binding.name().startsWith("churn-critical"))
                        .count(),
                frozen.stream().filter(node -> !acknowledged.containsKey(node)).toList(),
                median(latencies(bindings, created, start, firstFreeze)),
                median(latencies(bindings, created, firstFreeze, Instant.MAX)));
    }

    /** One critical for every four low ones. */
    private void makeAndDelete() {
        while (!stop.get()) {
            int i = made.incrementAndGet();
            testbed.client()
                    .resource(TestPods.pod(name(i), i % 5 == 0 ? TestPods.CRITICAL : TestPods.LOW)
                            .build())
                    .create();
            if (i > ALIVE) {
                testbed.client()
                        .pods()
                        .inNamespace("default")
                        .withName(name(i - ALIVE))
                        .delete();
            }
        }
    }

    private static String name(int i) {
        return (i % 5 == 0 ? "churn-critical-" : "churn-low-") + i;
    }

    private List<AuditRecord> bindings(Instant from) {
        try (var records = testbed.audit().records()) {
            return records.filter(record -> record.isBinding() && record.changed())
                    .filter(record -> record.completed().isAfter(from))
                    .toList();
        }
    }

    /** When the API server got the request to create each critical pod. */
    private Map<String, Instant> creations(Instant from) {
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
}
