package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.cluster.KubernetesReliefPods;
import dev.waterline.cluster.NodeIndex;
import dev.waterline.cluster.PodIndex;
import dev.waterline.cluster.ThrottleRestoration;
import dev.waterline.decision.relief.PodFacts;
import dev.waterline.decision.relief.ThrottleWant;
import dev.waterline.relief.ReliefPods;
import dev.waterline.relief.Throttling;
import dev.waterline.testbed.OperatorInstallation;
import dev.waterline.testbed.OperatorProcess;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.User;
import dev.waterline.testbed.audit.AuditRecord;
import dev.waterline.testbed.junit.WithTestbed;
import dev.waterline.testbed.metricsapi.Usage;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Throttling and eviction against a real API server. Nothing here gets cooler by it: kwok has no kubelet, so relief is shown by
 * what it does to the API.
 */
@WithTestbed(group = "relief")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReliefIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(20);

    /** A ledger that has just begun evicts nothing for a minute. */
    private static final Duration AFTER_THE_FIRST_MINUTE = Duration.ofMinutes(2);

    private static final String THROTTLE =
            "tiers: [{name: standard, waterlines: [{signal: cpu, freezeAbove: 82, thawBelow: 75}], relief: {throttle: {above: 85,"
                    + " after: 2s, cpuLimitPercent: 40}}}, {name: critical, minPriority: 1000}]";
    private static final String EVICT =
            "tiers: [{name: standard, waterlines: [{signal: cpu, freezeAbove: 82, thawBelow: 75}], relief: {evict: {above: 85,"
                    + " after: 2s, perNodePerMinute: 2}}}, {name: critical, minPriority: 1000}]";

    @BeforeAll
    void install(Testbed testbed) {
        installation(testbed).install();
        TestPods.createClasses(testbed.client());
    }

    @Test
    void aHotNodesLowPodsAreThrottledAndRestoredExactlyEvenByAnotherLife(Testbed testbed) {
        var client = testbed.client();
        var pool = Pool.of(testbed, "throttle", 2);
        var low = LimitedPods.running(client, "low", TestPods.LOW, "throttle-0", "1500m");
        var critical = LimitedPods.running(client, "critical", TestPods.CRITICAL, "throttle-0", "1500m");
        var elsewhere = LimitedPods.running(client, "elsewhere", TestPods.LOW, "throttle-1", "1500m");
        var first = start(testbed);
        pool.waterline(THROTTLE);
        pool.heat("throttle-0", 0.9);

        await().atMost(SOON).until(() -> LimitedPods.cpuLimit(client, "low").equals("600m"));
        assertThat(LimitedPods.note(client, "low").orElseThrow())
                .contains(low.getMetadata().getUid())
                .contains("\"original\":\"1500m\"");
        await().atMost(SOON).until(() -> pool.condition("Relief").equals("True/Active"));
        await().atMost(SOON)
                .until(() -> events(client, "default", "low").contains("Throttle")
                        && events(client, "default", "throttle-0").contains("Throttle"));

        first.kill();
        var killedAt = Instant.now();
        var second = start(testbed);
        await().atMost(SOON)
                .during(Duration.ofSeconds(6))
                .until(() -> LimitedPods.cpuLimit(client, "low").equals("600m"));
        assertThat(podWrites(testbed, killedAt))
                .as("a restart touches no throttled pod")
                .isEmpty();

        second.kill();
        pool.heat("throttle-0", 0.3);
        var third = start(testbed);
        await().atMost(SOON).until(() -> LimitedPods.note(client, "low").isEmpty());
        assertThat(LimitedPods.pod(client, "low").getSpec()).isEqualTo(low.getSpec());
        assertThat(LimitedPods.pod(client, "critical").getSpec()).isEqualTo(critical.getSpec());
        assertThat(LimitedPods.pod(client, "elsewhere").getSpec()).isEqualTo(elsewhere.getSpec());
        assertThat(third.terminate(STOPPED_WITHIN)).isEqualTo(143);
        client.resource(pool.current()).delete();
    }

    @Test
    void aWaterlineThatIsDeletedRestoresBeforeItGoesAndADryRunTouchesNothing(Testbed testbed) {
        var client = testbed.client();
        var pool = Pool.of(testbed, "leaving", 1);
        var low = LimitedPods.running(client, "leaving", TestPods.LOW, "leaving-0", "2");
        try (var operator = start(testbed)) {
            pool.waterline("mode: DryRun\n" + THROTTLE);
            pool.heat("leaving-0", 0.9);
            await().atMost(SOON)
                    .until(() -> events(client, "default", "leaving").contains("ThrottleDryRun"));
            assertThat(LimitedPods.pod(client, "leaving").getSpec()).isEqualTo(low.getSpec());
            assertThat(LimitedPods.note(client, "leaving")).isEmpty();

            pool.waterline(THROTTLE);
            await().atMost(SOON)
                    .until(() -> LimitedPods.cpuLimit(client, "leaving").equals("800m"));
            var waterline = client.resource(pool.current());
            waterline.delete();
            await().atMost(SOON).until(() -> waterline.get() == null);
            assertThat(LimitedPods.pod(client, "leaving").getSpec()).isEqualTo(low.getSpec());
            assertThat(LimitedPods.note(client, "leaving")).isEmpty();
            assertThat(operator.isRunning()).isTrue();
        }
    }

    /** Dies before and after the nth write for every n, until a run has no nth write any more. */
    @ParameterizedTest(name = "died after the write: {0}")
    @ValueSource(booleans = {false, true})
    void limitsAreRestoredExactlyWhateverWriteTheProcessDiesAt(boolean after, Testbed testbed) {
        var client = testbed.client();
        var prefix = after ? "after" : "before";
        Pool.of(testbed, prefix, 1);
        var pods = reliefPods(testbed);
        var want = Optional.of(new ThrottleWant("some-uid", "standard", 30));
        for (int nth = 0; nth < 10; nth++) {
            var name = prefix + "-" + nth;
            var before = LimitedPods.running(client, name, TestPods.LOW, prefix + "-0", "1700m");
            boolean died = diesAt(pods, name, nth, after, want);

            var settled = new Throttling(pods, InstantSource.system());
            settled.bring(facts(pods, name), want);
            assertThat(LimitedPods.cpuLimit(client, name))
                    .as("died at write %d", nth)
                    .isEqualTo("510m");
            settled.bring(facts(pods, name), Optional.empty());
            assertThat(LimitedPods.pod(client, name).getSpec())
                    .as("died at write %d", nth)
                    .isEqualTo(before.getSpec());
            assertThat(LimitedPods.note(client, name)).isEmpty();
            if (!died) {
                assertThat(nth).as("writes from throttled to restored").isEqualTo(4);
                return;
            }
        }
        throw new AssertionError("it never came through");
    }

    @Test
    void whoCleansUpAfterADeadOperatorRestoresWhatItLeftThrottled(Testbed testbed) {
        var client = testbed.client();
        Pool.of(testbed, "orphaned", 1);
        var before = LimitedPods.running(client, "orphaned", TestPods.LOW, "orphaned-0", "1700m");
        var pods = reliefPods(testbed);
        new Throttling(pods, InstantSource.system())
                .bring(facts(pods, "orphaned"), Optional.of(new ThrottleWant("some-uid", "standard", 30)));
        assertThat(LimitedPods.cpuLimit(client, "orphaned")).isEqualTo("510m");

        assertThat(new ThrottleRestoration(testbed.client(User.OPERATOR), Pool.TAINT, InstantSource.system())
                        .restoreAll())
                .isEmpty();

        assertThat(LimitedPods.pod(client, "orphaned").getSpec()).isEqualTo(before.getSpec());
        assertThat(LimitedPods.note(client, "orphaned")).isEmpty();
    }

    @Test
    void evictionStopsAtPodDisruptionBudgetsAndNeverDeletes(Testbed testbed) {
        var client = testbed.client();
        var metrics = testbed.metricsApi();
        metrics.failing(true);
        var pool = Pool.of(testbed, "evict", 4);
        deploy(client, "guarded", "evict-0");
        deploy(client, "plain", "evict-0");
        client.resource(new PodDisruptionBudgetBuilder()
                        .withNewMetadata()
                        .withName("guarded")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withMinAvailable(new IntOrString(3))
                        .withNewSelector()
                        .addToMatchLabels("app", "guarded")
                        .endSelector()
                        .endSpec()
                        .build())
                .create();
        await().atMost(SOON)
                .until(() -> running(client, "guarded").size() == 3
                        && running(client, "plain").size() == 3);
        var guarded = running(client, "guarded");
        var plain = running(client, "plain");
        var from = Instant.now();
        try (var operator = start(testbed)) {
            pool.waterline(EVICT);
            pool.heat("evict-0", 0.95);
            await().atMost(AFTER_THE_FIRST_MINUTE)
                    .until(() -> pool.condition("Relief").equals("False/UsageUnavailable"));
            assertThat(running(client, "plain")).isEqualTo(plain);

            uses(testbed, client, "guarded", 3.0);
            uses(testbed, client, "plain", 2.0);
            metrics.failing(false);
            await().atMost(SOON).until(() -> evicted(testbed, from).size() == 1);

            var gone = evicted(testbed, from).getFirst().name();
            assertThat(gone).startsWith("plain-");
            assertThat(running(client, "guarded")).isEqualTo(guarded);
            await().atMost(SOON)
                    .until(() -> events(client, "default", gone).contains("Evict")
                            && events(client, "default", "evict-0").containsAll(Set.of("Evict", "EvictionBlocked")));
            assertThat(podWrites(testbed, from))
                    .as("it asks for evictions and deletes nothing")
                    .allMatch(write -> write.subresource().equals("eviction"));
            assertThat(running(client, "plain"))
                    .as("whoever was evicted does not come back")
                    .hasSize(2);
            assertThat(operator.isRunning()).isTrue();
        }
        client.resource(pool.current()).delete();
    }

    private static boolean diesAt(ReliefPods pods, String name, int nth, boolean after, Optional<ThrottleWant> want) {
        var dying = new Throttling(new DyingPods(pods, nth, after), InstantSource.system());
        try {
            dying.bring(facts(pods, name), want);
            dying.bring(facts(pods, name), Optional.empty());
            return false;
        } catch (DyingPods.Died e) {
            return true;
        }
    }

    private static ReliefPods reliefPods(Testbed testbed) {
        var asOperator = testbed.client(User.OPERATOR);
        return new KubernetesReliefPods(
                asOperator, new PodIndex(asOperator, Pool.TAINT), new NodeIndex(asOperator, Pool.TAINT));
    }

    private static PodFacts facts(ReliefPods pods, String name) {
        return pods.live("default", name).orElseThrow();
    }

    private static void deploy(KubernetesClient client, String name, String node) {
        client.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(3)
                        .withNewSelector()
                        .addToMatchLabels("app", name)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", name)
                        .endMetadata()
                        .withNewSpec()
                        .withPriorityClassName(TestPods.LOW)
                        .withTerminationGracePeriodSeconds(0L)
                        .addToNodeSelector("kubernetes.io/hostname", node)
                        .addNewContainer()
                        .withName("main")
                        .withImage("example.org/none")
                        .withNewResources()
                        .addToRequests("cpu", new Quantity("1"))
                        .endResources()
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    /** Names of the running pods of a Deployment. */
    private static Set<String> running(KubernetesClient client, String app) {
        return client.pods().inNamespace("default").withLabel("app", app).list().getItems().stream()
                .filter(pod -> pod.getStatus().getPhase().equals("Running")
                        && pod.getMetadata().getDeletionTimestamp() == null)
                .map(Pod::getMetadata)
                .map(metadata -> metadata.getName())
                .collect(Collectors.toSet());
    }

    private static void uses(Testbed testbed, KubernetesClient client, String app, double cores) {
        running(client, app)
                .forEach(pod ->
                        testbed.metricsApi().usage().pod("default", pod, Map.of("main", new Usage(cores, 1_000_000))));
    }

    /** Reasons of the events about an object of that name. */
    private static Set<String> events(KubernetesClient client, String namespace, String name) {
        return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getRegarding().getName().equals(name))
                .map(event -> event.getReason())
                .collect(Collectors.toSet());
    }

    private static List<AuditRecord> podWrites(Testbed testbed, Instant from) {
        return testbed.audit().writesBy(testbed.identity(User.OPERATOR).user().username(), from, Instant.now()).stream()
                .filter(write ->
                        write.resource().equals("pods") && !write.namespace().equals(User.OPERATOR_NAMESPACE))
                .toList();
    }

    private static List<AuditRecord> evicted(Testbed testbed, Instant from) {
        return podWrites(testbed, from).stream()
                .filter(write -> write.subresource().equals("eviction") && write.succeeded())
                .toList();
    }

    private static OperatorInstallation installation(Testbed testbed) {
        return new OperatorInstallation(testbed.client(), testbed::tool);
    }

    private OperatorProcess start(Testbed testbed) {
        return testbed.startOperator(installation(testbed)
                .launch(testbed.kubeconfig(User.OPERATOR), testbed.prometheus().uri())
                .withReadyWithin(SOON));
    }
}
