package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Evictions against a real API server. Nothing here gets cooler by them: they are shown by what they do to the API. */
@WithTestbed(group = "pressure")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvictionIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    /** A ledger that has just begun evicts nothing for a minute. */
    private static final Duration THE_FIRST_MINUTE = Duration.ofSeconds(61);

    private static final Duration AFTER_THE_FIRST_MINUTE = Duration.ofMinutes(2);

    private static final String EVICT =
            "tiers: [{name: standard, waterlines: [{signal: cpu, freezeAbove: 82, thawBelow: 75}], relief: {evict: {above: 85,"
                    + " after: 2s, perNodePerMinute: 2}}}, {name: critical, minPriority: 1000}]";

    private Instant readyAt = Instant.MAX;

    @BeforeAll
    void install(Testbed testbed) {
        TestPods.createClasses(testbed.client());
        InstalledOperator.in(testbed);
        readyAt = Instant.now();
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
        awaitRunning(client, "guarded");
        awaitRunning(client, "plain");
        var guarded = running(client, "guarded");
        var plain = running(client, "plain");
        var from = Instant.now();
        pool.waterline(EVICT);
        pool.heat("evict-0", 0.95);
        await().atMost(AFTER_THE_FIRST_MINUTE)
                .until(() -> pool.condition("Relief").equals("False/UsageUnavailable"));
        assertThat(running(client, "plain")).isEqualTo(plain);

        uses(testbed, "guarded", 3.0);
        uses(testbed, "plain", 2.0);
        metrics.failing(false);
        await().atMost(AFTER_THE_FIRST_MINUTE)
                .until(() -> evicted(testbed, from).size() == 1);

        var gone = evicted(testbed, from).getFirst().name();
        assertThat(gone).startsWith("plain-");
        assertThat(running(client, "guarded")).isEqualTo(guarded);
        await().atMost(SOON)
                .until(() -> Told.about(testbed, gone, "Evict") > 0
                        && Told.about(testbed, "evict-0", "Evict") > 0
                        && Told.about(testbed, "evict-0", "EvictionBlocked") > 0);
        assertThat(podWrites(testbed, from))
                .as("it asks for evictions and deletes nothing")
                .allMatch(write -> write.subresource().equals("eviction"));
        assertThat(running(client, "plain"))
                .as("whoever was evicted does not come back")
                .hasSize(2);
        client.resource(pool.current()).delete();
    }

    @Test
    void nothingIsEvictedWhileTooMuchOfAZoneOrOfThePoolIsFrozen(Testbed testbed) {
        var client = testbed.client();
        var pool = Pool.of(testbed, "suspend", 8);
        pool.nodes()
                .forEach(node -> Edits.edit(client.nodes().withName(node), found -> {
                    var zone = node.equals("suspend-0") || node.equals("suspend-1") ? "small" : "large";
                    found.getMetadata().getLabels().put("topology.kubernetes.io/zone", zone);
                    return found;
                }));
        deploy(client, "greedy", "suspend-0");
        awaitRunning(client, "greedy");
        uses(testbed, "greedy", 2.0);
        var from = Instant.now();
        pool.heat("suspend-0", 0.95);
        pool.heat("suspend-1", 0.83);
        pool.waterline(EVICT);

        await().atMost(SOON).until(() -> pool.condition("ReliefSuspended").equals("True/ZoneUnderPressure"));
        pool.heat("suspend-2", 0.83);
        await().atMost(SOON).until(() -> pool.condition("ReliefSuspended").equals("True/PoolUnderPressure"));
        await().atMost(SOON).until(() -> Told.about(testbed, "suspend", "EvictionSuspended") > 0);
        var suspendedUntil = max(readyAt.plus(THE_FIRST_MINUTE), Instant.now().plusSeconds(4));
        await().atMost(AFTER_THE_FIRST_MINUTE)
                .failFast(() -> !evicted(testbed, from).isEmpty())
                .until(() -> Instant.now().isAfter(suspendedUntil));

        pool.heat("suspend-1", 0.3);
        pool.heat("suspend-2", 0.3);
        await().atMost(SOON).until(() -> pool.condition("ReliefSuspended").equals("False/BelowShare"));
        await().atMost(SOON).until(() -> evicted(testbed, from).size() == 1);
        assertThat(evicted(testbed, from).getFirst().name()).startsWith("greedy-");
        client.resource(pool.current()).delete();
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Three pods that want nothing but this node. */
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

    private static void awaitRunning(KubernetesClient client, String app) {
        await().atMost(SOON).until(() -> running(client, app).size() == 3);
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

    private static void uses(Testbed testbed, String app, double cores) {
        running(testbed.client(), app)
                .forEach(pod ->
                        testbed.metricsApi().usage().pod("default", pod, Map.of("main", new Usage(cores, 1_000_000))));
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
}
