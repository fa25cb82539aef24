package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.api.v1alpha1.ScaledWorkload;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.User;
import dev.waterline.testbed.junit.WithTestbed;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The SDK swallows an edit of the spec that comes while a status is written without a resourceVersion (architecture, pitfall
 * 1). Each round makes an evaluation that must write its status, and edits the spec in its course: in every other round after
 * the resource was read and before the status is written, in the others some milliseconds after the metric was answered, which
 * sweeps over the write itself. No poll comes to the rescue: the intervals are longer than the deadline of a round.
 */
@Observed
@WithTestbed(group = InstalledOperator.GROUP)
class LostEditIT {
    private static final int ROUNDS = 60;
    private static final int SWEEP_MILLIS = 30;
    private static final Duration IN_EFFECT_WITHIN = Duration.ofSeconds(20);

    @BeforeAll
    static void install(Testbed testbed) {
        InstalledOperator.in(testbed);
    }

    @Test
    void noEditOfAScaledWorkloadIsLost(Testbed testbed) {
        var workload = Workload.of(testbed, "edited-workload", 1);
        var operator = InstalledOperator.in(testbed);
        try (var gate = new MetricGate(operator.gatePort(), "none")) {
            workload.scale("""
                    pollingInterval: 86400
                    minReplicaCount: 1
                    maxReplicaCount: 1
                    triggers: [{type: prometheus, metadata: {serverAddress: "%s", query: up, threshold: "10"}}]""".formatted(operator.gate()));
            var resource = testbed.client()
                    .resources(ScaledWorkload.class)
                    .inNamespace(workload.name())
                    .withName(workload.name());
            var rounds = new Rounds<>(testbed, gate, resource, LostEditIT::observed);
            for (int round = 1; round <= ROUNDS; round++) {
                int replicas = 1 + round % 7;
                gate.value(round % 2 == 0 ? 0 : 1_000_000);
                rounds.play(
                        round,
                        "{\"spec\":{\"cooldownPeriod\":%d}}".formatted(round),
                        "{\"spec\":{\"minReplicaCount\":%1$d,\"maxReplicaCount\":%1$d}}".formatted(replicas),
                        () -> workload.replicas() == replicas);
            }
            rounds.assertRaced("scaledworkloads");
            resource.delete();
        }
    }

    @Test
    void noEditOfAPriorityWaterlineIsLost(Testbed testbed) {
        var pool = Pool.of(testbed, "edited-waterline", 1);
        var operator = InstalledOperator.in(testbed);
        try (var gate = new MetricGate(operator.gatePort(), pool.nodes().getFirst())) {
            pool.waterline("interval: 5m\nsignals: [%s]".formatted(signal(operator, 0)));
            var resource = testbed.client().resources(PriorityWaterline.class).withName(pool.name());
            var rounds = new Rounds<>(testbed, gate, resource, LostEditIT::observed);
            for (int round = 1; round <= ROUNDS; round++) {
                int threshold = 60 + round % 7;
                // A ratio, and one that nobody can believe: MetricsAvailable changes.
                gate.value(round % 2 == 0 ? 0.2 : 20);
                rounds.play(
                        round,
                        "{\"spec\":{\"signals\":[%s]}}".formatted(signal(operator, round)),
                        "{\"spec\":{\"tiers\":[{\"name\":\"standard\",\"waterlines\":[{\"signal\":\"cpu\",\"freezeAbove\":%d,\"thawBelow\":50}]},{\"name\":\"critical\",\"minPriority\":1000}]}}"
                                .formatted(threshold),
                        () -> resource.require()
                                        .getStatus()
                                        .tiers()
                                        .getFirst()
                                        .thresholds()
                                        .getFirst()
                                        .freezeAbove()
                                == threshold);
            }
            rounds.assertRaced("prioritywaterlines");
            resource.delete();
            await().atMost(Duration.ofSeconds(60)).until(() -> resource.get() == null);
        }
    }

    private static String signal(InstalledOperator operator, int round) {
        return "{\"name\": \"cpu\", \"halfLife\": \"%dms\", \"prometheus\": {\"serverAddress\": \"%s\", \"query\": \"up\"}}"
                .formatted(round, operator.gate());
    }

    private static long observed(ScaledWorkload workload) {
        var status = workload.getStatus();
        return status == null || status.observedGeneration() == null ? 0 : status.observedGeneration();
    }

    private static long observed(PriorityWaterline waterline) {
        var status = waterline.getStatus();
        return status == null || status.observedGeneration() == null ? 0 : status.observedGeneration();
    }

    private record Rounds<R extends CustomResource<?, ?>>(
            Testbed testbed, MetricGate gate, Resource<R> resource, ToLongFunction<R> observed, Instant begun) {
        Rounds(Testbed testbed, MetricGate gate, Resource<R> resource, ToLongFunction<R> observed) {
            this(testbed, gate, resource, observed, Instant.now());
        }

        /**
         * @param first the edit that begins the evaluation
         * @param second the edit in its course
         * @param effect whether the second can be seen
         */
        void play(int round, String first, String second, BooleanSupplier effect) {
            awaitObserved("before round " + round);
            var done = new CompletableFuture<Void>();
            var failure = new AtomicReference<Throwable>();
            Runnable edit = () -> {
                try {
                    merge(second);
                } catch (RuntimeException e) {
                    failure.set(e);
                } finally {
                    done.complete(null);
                }
            };
            gate.onNextQuery(
                    round % 2 == 0
                            ? new MetricGate.Hook(edit, () -> {})
                            : new MetricGate.Hook(
                                    () -> {},
                                    () -> CompletableFuture.delayedExecutor(round % SWEEP_MILLIS, TimeUnit.MILLISECONDS)
                                            .execute(edit)));
            merge(first);
            await("the evaluation of round " + round)
                    .atMost(IN_EFFECT_WITHIN)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> gate.isPassed() && done.isDone());
            assertThat(failure.get()).isNull();
            awaitObserved("after round " + round);
            await("the effect of the edit of round " + round)
                    .atMost(IN_EFFECT_WITHIN)
                    .pollInterval(Duration.ofMillis(20))
                    .until(effect::getAsBoolean);
        }

        /** That the rounds were races at all: each edit before the write makes that write a conflict. */
        void assertRaced(String plural) {
            var operator = testbed.identity(User.OPERATOR).user().username();
            try (var records = testbed.audit().records()) {
                assertThat(records.filter(record -> record.user().equals(operator)
                                        && record.resource().equals(plural)
                                        && record.subresource().equals("status")
                                        && record.code() == 409
                                        && record.received().isAfter(begun))
                                .count())
                        .as("status writes that came too late")
                        .isGreaterThanOrEqualTo(ROUNDS / 2);
            }
        }

        private void awaitObserved(String when) {
            await("the spec is observed " + when)
                    .atMost(IN_EFFECT_WITHIN)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        var current = resource.require();
                        return observed.applyAsLong(current)
                                == current.getMetadata().getGeneration();
                    });
        }

        private void merge(String patch) {
            resource.patch(PatchContext.of(PatchType.JSON_MERGE), patch);
        }
    }
}
