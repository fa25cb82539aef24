package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.api.v1alpha1.ScaledWorkload;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.User;
import dev.waterline.testbed.audit.AuditRecord;
import dev.waterline.testbed.junit.WithTestbed;
import dev.waterline.testbed.tools.ToolSources;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sound waterline over a node of its own stands beside each bad one, so that nothing is left to be set up by it. */
@Observed
@WithTestbed(group = InstalledOperator.GROUP)
class BadInputIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Set<String> OWN_AFFAIRS = Set.of("leases", "events", "prioritywaterlines", "scaledworkloads");

    @BeforeAll
    static void install(Testbed testbed) {
        InstalledOperator.in(testbed);
        var sound = Pool.of(testbed, "sound", 1);
        sound.waterline("");
        soon().until(() -> sound.condition("Enforced").equals("True/Acknowledged"));
    }

    @AfterAll
    static void leaveNothingBehind(Testbed testbed) {
        var waterlines = testbed.client().resources(PriorityWaterline.class);
        waterlines.delete();
        soon().until(() -> waterlines.list().getItems().isEmpty());
        testbed.client().resources(ScaledWorkload.class).inAnyNamespace().delete();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            spec.tiers[0].waterlines[0].thawBelow | thawBelow must be lower than freezeAbove | tiers: [{name: low, waterlines: [{signal: cpu, freezeAbove: 70, thawBelow: 70}]}]
            spec.tiers[1].relief | relief follows a freeze | tiers: [{name: low, waterlines: [{signal: cpu, freezeAbove: 82, thawBelow: 75}]}, {name: high, minPriority: 1, relief: {throttle: {above: 90}}}]
            spec.tiers[0].relief | relief says neither throttle nor evict | tiers: [{name: low, waterlines: [{signal: cpu, freezeAbove: 82, thawBelow: 75}], relief: {}}]
            spec.tiers[0].relief | evict.above must be at or above throttle.above | tiers: [{name: low, waterlines: [{signal: cpu, freezeAbove: 82, thawBelow: 75}], relief: {throttle: {above: 95}, evict: {above: 90}}}]
            spec.tiers[0].relief | freezing comes first | tiers: [{name: low, waterlines: [{signal: cpu, freezeAbove: 82, thawBelow: 75}], relief: {evict: {above: 80}}}]
            spec.tiers[0].relief | relief.signal must be | tiers: [{name: low, waterlines: [{signal: cpu, freezeAbove: 82, thawBelow: 75}], relief: {signal: psi, evict: {above: 90}}}]
            spec.tiers[1].minPriority | should be greater than or equal to 0 | tiers: [{name: low, waterlines: [{signal: cpu, freezeAbove: 82, thawBelow: 75}]}, {name: high, minPriority: -1}]
            spec.tiers | remove minPriority and priorityClassName from tiers[0] | tiers: [{name: low, minPriority: 5, waterlines: [{signal: cpu, freezeAbove: 82, thawBelow: 75}]}]
            spec.tiers | must be the name of one of spec.signals | tiers: [{name: low, waterlines: [{signal: heat, freezeAbove: 82, thawBelow: 75}]}]
            spec.tiers[1] | Duplicate value | tiers: [{name: low, waterlines: [{signal: cpu, freezeAbove: 82, thawBelow: 75}]}, {name: low, minPriority: 5}]
            spec.tiers | two tiers have the same minPriority | tiers: [{name: low, waterlines: [{signal: cpu, freezeAbove: 82, thawBelow: 75}]}, {name: mid, minPriority: 5}, {name: high, minPriority: 5}]
            spec.tiers | at least one tier needs waterlines | tiers: [{name: low}, {name: high, minPriority: 5}]
            spec.tiers[1] | keep one of them | tiers: [{name: low, waterlines: [{signal: cpu, freezeAbove: 82, thawBelow: 75}]}, {name: high, minPriority: 5, priorityClassName: high}]
            spec.signals[0].prometheus | add prometheus.query, or set resource to cpu or memory | signals: [{name: heat}]
            spec.interval | interval must be between 1s and 5m | interval: 10ms
            spec.interval | should match | interval: soon
            spec.mode | Unsupported value | mode: Enforced
            spec.windows[0] | a window needs tiers, protect or both | windows: [{name: w, schedule: "0 22 * * *", duration: 1h}]
            spec.windows[0].schedule | schedule is a cron expression of five fields | windows: [{name: w, schedule: "0 22 * *", duration: 1h, tiers: [{name: standard, waterlines: [{signal: cpu, freezeAbove: 60, thawBelow: 50}]}]}]
            spec.windows[0].duration | duration must be between 1s and 168h | windows: [{name: w, schedule: "0 22 * * *", duration: 200h, tiers: [{name: standard, waterlines: [{signal: cpu, freezeAbove: 60, thawBelow: 50}]}]}]
            spec.windows[0].tiers[0].waterlines[0].thawBelow | thawBelow must be lower than freezeAbove | windows: [{name: w, schedule: "0 22 * * *", duration: 1h, tiers: [{name: standard, waterlines: [{signal: cpu, freezeAbove: 60, thawBelow: 60}]}]}]
            spec.windows | must be the name of one of spec.tiers | windows: [{name: w, schedule: "0 22 * * *", duration: 1h, tiers: [{name: other, waterlines: [{signal: cpu, freezeAbove: 60, thawBelow: 50}]}]}]
            spec.windows | must be the name of one of spec.signals | windows: [{name: w, schedule: "0 22 * * *", duration: 1h, tiers: [{name: standard, waterlines: [{signal: heat, freezeAbove: 60, thawBelow: 50}]}]}]
            spec.windows[0].protect.jobSelector | name the labels of the Jobs to protect | windows: [{name: w, schedule: "0 22 * * *", duration: 1h, protect: {namespaces: [bank], jobSelector: {}}}]
            spec.windows[0].deadline | add protect, or remove deadline | windows: [{name: w, schedule: "0 22 * * *", duration: 1h, deadline: 1h, tiers: [{name: standard, waterlines: [{signal: cpu, freezeAbove: 60, thawBelow: 50}]}]}]
            spec.windows[0].deadline | deadline must not be after the end of the window | windows: [{name: w, schedule: "0 22 * * *", duration: 1h, deadline: 2h, protect: {namespaces: [bank], jobSelector: {matchLabels: {app: x}}}}]
            spec.elastic.slo.good | good must contain $window | elastic: {slo: {good: sum(a), total: "sum(b[$window])", objective: 99.9}}
            spec.elastic.slo.total | total must contain $window | elastic: {slo: {good: "sum(a[$window])", total: sum(b), objective: 99.9}}
            spec.elastic.slo.objective | objective must be at most 99.9999 | elastic: {slo: {good: "sum(a[$window])", total: "sum(b[$window])", objective: 100}}
            spec.elastic.shift.min | min must be a multiple of 0.5 | elastic: {slo: {good: "sum(a[$window])", total: "sum(b[$window])", objective: 99.9}, shift: {min: -2.3}}
            spec.elastic.shift.max | should be greater than or equal to 0 | elastic: {slo: {good: "sum(a[$window])", total: "sum(b[$window])", objective: 99.9}, shift: {max: -1}}
            """)
    void aWaterlineIsRefusedWithASentenceThatNamesTheField(
            String field, String sentence, String change, Testbed testbed) {
        var yaml = new Pool(testbed, "refused", List.of()).yaml(change);
        assertRefused(testbed, yaml, "PriorityWaterline.waterline.dev \"refused\" is invalid", field + ":", sentence);
        assertThat(testbed.client()
                        .resources(PriorityWaterline.class)
                        .withName("refused")
                        .get())
                .isNull();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            spec.minReplicaCount | minReplicaCount must not be greater than maxReplicaCount | minReplicaCount: 9~maxReplicaCount: 8
            spec.minReplicaCount | should be greater than or equal to 0 | minReplicaCount: -1
            spec.idleReplicaCount | idleReplicaCount must be lower than minReplicaCount | minReplicaCount: 2~idleReplicaCount: 2
            spec.pollingInterval | should be greater than or equal to 1 | pollingInterval: 0
            spec.fallback.failureThreshold | Required value | fallback: {replicas: 3}
            spec.fallback.replicas | should be greater than or equal to 0 | fallback: {failureThreshold: 3, replicas: -1}
            spec.fallback.behavior | Unsupported value | fallback: {failureThreshold: 3, replicas: 3, behavior: fixed}
            spec.pressure.whenFrozen | Unsupported value | pressure: {whenFrozen: Wait}
            spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.stabilizationWindowSeconds | should be less than or equal to 3600 | advanced: {horizontalPodAutoscalerConfig: {behavior: {scaleDown: {stabilizationWindowSeconds: 3601}}}}
            spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.policies | should have at least 1 items | advanced: {horizontalPodAutoscalerConfig: {behavior: {scaleDown: {policies: []}}}}
            spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.policies[0].value | should be greater than or equal to 1 | advanced: {horizontalPodAutoscalerConfig: {behavior: {scaleDown: {policies: [{type: Pods, value: 0, periodSeconds: 15}]}}}}
            spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.policies[0].type | Unsupported value | advanced: {horizontalPodAutoscalerConfig: {behavior: {scaleDown: {policies: [{type: Nodes, value: 1, periodSeconds: 15}]}}}}
            spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.selectPolicy | Unsupported value | advanced: {horizontalPodAutoscalerConfig: {behavior: {scaleDown: {selectPolicy: Most}}}}
            spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.tolerance | tolerance must be a quantity of at least 0 | advanced: {horizontalPodAutoscalerConfig: {behavior: {scaleDown: {tolerance: "some"}}}}
            spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.tolerance | tolerance must be a quantity of at least 0 | advanced: {horizontalPodAutoscalerConfig: {behavior: {scaleDown: {tolerance: -1}}}}
            spec.triggers | should have at least 1 items | triggers: []
            spec.scaleTargetRef | Required value | scaleTargetRef: {kind: Deployment}
            spec.triggers[0].type | the supported trigger type is prometheus | triggers: [{type: kafka, metadata: {topic: payments}}]
            spec.triggers[0].metadata | remove the other keys | triggers: [{type: prometheus, metadata: {query: up, threshold: "10", treshold: "10"}}]
            spec.triggers[0].metadata | metadata.threshold must be a positive number | triggers: [{type: prometheus, metadata: {query: up, threshold: many}}]
            spec.triggers[0].metadata | metadata.threshold must be a positive number | triggers: [{type: prometheus, metadata: {query: up, threshold: "0"}}]
            spec.triggers[0].metadata | metadata.threshold must be a positive number | triggers: [{type: prometheus, metadata: {query: up}}]
            spec.triggers[0].metadata | metadata.query is missing | triggers: [{type: prometheus, metadata: {threshold: "10"}}]
            spec.triggers[0].metadata | metadata.activationThreshold must be a number | triggers: [{type: prometheus, metadata: {query: up, threshold: "10", activationThreshold: some}}]
            spec.triggers[0].metadata | metadata.ignoreNullValues must be | triggers: [{type: prometheus, metadata: {query: up, threshold: "10", ignoreNullValues: "yes"}}]
            """)
    void aScaledWorkloadIsRefusedWithASentenceThatNamesTheField(
            String field, String sentence, String change, Testbed testbed) {
        var yaml = new Workload(testbed, "default", "").yaml(change.replace('~', '\n'));
        assertRefused(testbed, yaml, "ScaledWorkload.waterline.dev \"default\" is invalid", field, sentence);
        assertThat(testbed.client()
                        .resources(ScaledWorkload.class)
                        .inNamespace("default")
                        .list()
                        .getItems())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            QueryError    | sum(                             | does not accept the query
            SeveralSeries | bad_ratio{kind="several"}        | has several series for node several-series-0; aggregate by (node)
            NotFinite     | node_utilisation_ratio * NaN     | not-finite-0
            OutOfRange    | node_utilisation_ratio * 100     | out-of-range-0
            EmptyResult   | no_such_series                   | names a selected node in label node
            BadResponse   | sum(node_utilisation_ratio) > 0  | has no label node
            """)
    void whatASignalCannotMeanIsAConditionAndNothingElse(
            String reason, String query, String sentence, Testbed testbed) {
        var name = reason.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
        var pool = Pool.of(testbed, name, 1);
        var node = pool.nodes().getFirst();
        pool.heat(node, 0.97);
        for (var cpu : List.of("0", "1")) {
            testbed.exporter()
                    .gauge("bad_ratio", Map.of("kind", "several", "node", node, "cpu", cpu))
                    .set(0.97);
        }
        soon().until(() ->
                testbed.prometheus().query("bad_ratio{node=\"" + node + "\"}").size() == 2);
        var before = Instant.now();

        pool.waterline("signals: [{name: cpu, halfLife: 0s, maxAge: 5s, prometheus: {query: '" + query + "'}}]");

        soon().until(() -> pool.condition("MetricsAvailable").equals("False/" + reason));
        assertThat(message(pool, "MetricsAvailable")).contains("signal cpu", sentence);
        assertThat(pool.condition("Ready")).isEqualTo("True/Accepted");
        // Longer than freezeAfter, so that a node read as hot would have frozen.
        await().during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(10))
                .until(() -> pool.floor(node).isEmpty() && !pool.isGuarded(node));
        assertThat(pool.condition("Engaged")).isEqualTo("False/NothingFrozen");
        assertThat(writesToTheCluster(testbed, before)).isEmpty();
        testbed.client().resource(pool.current()).delete();
    }

    @Test
    void anUnknownPriorityClassIsAConditionAndHealsWhenItIsCreated(Testbed testbed) {
        var pool = Pool.of(testbed, "classless", 1);
        pool.heat("classless-0", 0.97);
        var before = Instant.now();
        pool.waterline(
                "tiers: [{name: standard, waterlines: [{signal: cpu, freezeAbove: 82, thawBelow: 75}]}, {name: critical, priorityClassName: late-class}]");

        soon().until(() -> pool.condition("Ready").equals("False/PriorityClassNotFound"));
        assertThat(message(pool, "Ready")).contains("spec.tiers[1].priorityClassName", "PriorityClass late-class");
        await().during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(10))
                .until(() -> pool.floor("classless-0").isEmpty() && !pool.isGuarded("classless-0"));
        assertThat(writesToTheCluster(testbed, before)).isEmpty();

        testbed.client()
                .resource(new PriorityClassBuilder()
                        .withNewMetadata()
                        .withName("late-class")
                        .endMetadata()
                        .withValue(7000)
                        .build())
                .create();

        soon().until(() -> pool.condition("Ready").equals("True/Accepted"));
        soon().until(() ->
                pool.floor("classless-0").filter(floor -> floor == 7000).isPresent() && pool.isGuarded("classless-0"));
    }

    @Test
    void aMissingTargetIsAConditionAndNothingElse(Testbed testbed) {
        var workload = Workload.withoutTarget(testbed, "targetless");
        workload.demand(50);
        var before = Instant.now();
        workload.scale("");
        soon().until(() -> workload.condition("Ready").equals("False/TargetNotFound"));
        assertThat(workload.message("Ready")).contains("spec.scaleTargetRef", "create it or correct the name");
        assertThat(writesToTheCluster(testbed, before)).isEmpty();
    }

    @Test
    void theApiServerAcceptsEverySample(Testbed testbed) throws IOException {
        var accepted = 0;
        try (var files = Files.walk(ToolSources.home().resolve("deploy").resolve("samples"))) {
            for (var file : files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                for (var document : List.of(Files.readString(file).split("(?m)^---$", -1))) {
                    HasMetadata resource = Serialization.unmarshal(document, GenericKubernetesResource.class);
                    namespaceOf(testbed, resource);
                    testbed.client()
                            .resource(resource)
                            .dryRun()
                            .fieldManager("test")
                            .forceConflicts()
                            .serverSideApply();
                    accepted++;
                }
            }
        }
        assertThat(accepted).isGreaterThanOrEqualTo(10);
    }

    /** A dry run does not bring the namespace that the next sample lies in. */
    private static void namespaceOf(Testbed testbed, HasMetadata resource) {
        var namespace = resource.getMetadata().getNamespace();
        if (namespace != null) {
            testbed.client()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .serverSideApply();
        }
    }

    private static void assertRefused(Testbed testbed, String yaml, String... parts) {
        var resource = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        assertThatThrownBy(() -> testbed.client().resource(resource).create())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refusal -> assertThat(refusal.getCode()).isEqualTo(422))
                .hasMessageContainingAll(parts);
    }

    /** What the operator has written that is not its lease, an event, or a status or finalizer of its own resources. */
    private static List<String> writesToTheCluster(Testbed testbed, Instant since) {
        return testbed.audit().writesBy(testbed.identity(User.OPERATOR).user().username(), since, Instant.MAX).stream()
                .filter(record -> !OWN_AFFAIRS.contains(record.resource()))
                .map(BadInputIT::told)
                .toList();
    }

    private static String told(AuditRecord record) {
        return record.verb() + " " + record.requestUri();
    }

    private static String message(Pool pool, String type) {
        return pool.current().getStatus().conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .map(io.fabric8.kubernetes.api.model.Condition::getMessage)
                .findFirst()
                .orElse("");
    }

    private static ConditionFactory soon() {
        return await().atMost(SOON).pollInterval(Duration.ofMillis(200));
    }
}
