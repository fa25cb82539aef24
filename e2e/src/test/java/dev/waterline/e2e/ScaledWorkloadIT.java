package dev.waterline.e2e;

import static dev.waterline.e2e.Polls.soon;
import static dev.waterline.e2e.Polls.staysSo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.api.v1alpha1.ScaledWorkload;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.User;
import dev.waterline.testbed.audit.AuditRecord;
import dev.waterline.testbed.junit.WithTestbed;
import dev.waterline.testbed.tools.ToolSources;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Observed
@WithTestbed(group = InstalledOperator.GROUP)
class ScaledWorkloadIT {
    @BeforeAll
    static void install(Testbed testbed) {
        InstalledOperator.in(testbed);
    }

    @AfterEach
    void leaveNoWorkloadBehind(Testbed testbed) {
        testbed.client().resources(ScaledWorkload.class).inAnyNamespace().delete();
    }

    @Test
    void itGoesFromZeroToTheComputedNumberInOneWriteAndSaysWhy(Testbed testbed) {
        var workload = Workload.of(testbed, "one-write", 0);
        workload.scale("");
        soon().until(() -> workload.condition("Ready").equals("True/Accepted")
                && workload.condition("MetricsAvailable").equals("True/AllTriggersAnswer"));
        assertThat(workload.condition("Active")).isEqualTo("False/NoTriggerActive");
        var before = Instant.now();

        workload.demand(95);

        soon().until(() -> workload.replicas() == 10);
        soon().until(() -> workload.condition("Active").equals("True/TriggerActive"));
        staysSo(() -> workload.replicas() == 10);
        assertThat(workload.scaleWrites(before)).hasSize(1);
        var sentence =
                "Scaled up from 0 to 10: trigger demand is at 95 with threshold 10 for each replica and asks for 10";
        soon().until(() -> workload.notes("ScaledUp").equals(List.of(sentence)));
        soon().untilAsserted(() ->
                assertThat(workload.current().getStatus().lastScaleTime()).isNotNull());
        assertThat(workload.decision()).isIn(sentence, sentence.replace("Scaled up from 0 to 10", "Kept 10"));
        assertThat(workload.current().getStatus().currentReplicas()).isEqualTo(10);
    }

    @Test
    void aValueUpToTheActivationThresholdWakesNobody(Testbed testbed) {
        var workload = Workload.of(testbed, "activation", 0);
        workload.demand(20);
        workload.scale(
                "triggers: [{type: prometheus, metadata: {query: 'QUERY', threshold: \"10\", activationThreshold: \"20\"}}]");
        soon().until(() -> workload.condition("MetricsAvailable").equals("True/AllTriggersAnswer"));
        staysSo(() -> workload.replicas() == 0);
        assertThat(workload.condition("Active")).isEqualTo("False/NoTriggerActive");

        workload.demand(21);
        soon().until(() -> workload.replicas() == 3);
    }

    @Test
    void theLastStepToZeroWaitsForTheCooldown(Testbed testbed) {
        var workload = Workload.of(testbed, "cooldown", 0);
        workload.demand(40);
        workload.scale("cooldownPeriod: 8");
        soon().until(() -> workload.replicas() == 4);

        workload.demand(0);
        soon().until(() -> workload.replicas() == 1);
        soon().until(() -> workload.replicas() == 0);

        soon().until(() -> workload.condition("Active").equals("False/NoTriggerActive"));
        var writes = workload.scaleWrites(Instant.EPOCH);
        assertThat(writes).hasSize(3);
        soon().untilAsserted(() ->
                assertThat(workload.current().getStatus().currentReplicas()).isZero());
        var lastActive = Instant.parse(workload.current().getStatus().lastActiveTime());
        assertThat(writes.getLast().completed()).isAfterOrEqualTo(lastActive.plusSeconds(8));
        assertThat(workload.notes("ScaledDown"))
                .anyMatch(note -> note.startsWith("Scaled down from 1 to 0") && note.contains("cooldownPeriod 8 s"));
    }

    @Test
    void minimumMaximumAndIdleAreKept(Testbed testbed) {
        var workload = Workload.of(testbed, "limits", 1);
        workload.scale("minReplicaCount: 2\nmaxReplicaCount: 6");
        soon().until(() -> workload.replicas() == 2);

        workload.demand(1_000_000);
        soon().until(() -> workload.replicas() == 6);
        soon().until(() -> workload.condition("Limited").equals("True/AtMax"));

        workload.demand(0);
        soon().until(() -> workload.replicas() == 2);
        workload.scale("minReplicaCount: 2\nmaxReplicaCount: 6\nidleReplicaCount: 1\ncooldownPeriod: 1");
        soon().until(() -> workload.replicas() == 1);
        workload.demand(5);
        soon().until(() -> workload.replicas() == 2);
    }

    @Test
    void whilePrometheusIsStoppedNothingScalesDownAndItRecovers(Testbed testbed) {
        var workload = Workload.of(testbed, "outage", 0);
        workload.demand(50);
        workload.scale("cooldownPeriod: 0");
        soon().until(() -> workload.replicas() == 5
                && workload.condition("MetricsAvailable").equals("True/AllTriggersAnswer"));

        var stopped = Instant.now();
        testbed.prometheus().kill();
        try {
            workload.demand(0);
            soon().until(() -> workload.condition("MetricsAvailable").equals("False/Unreachable"));
            staysSo(() -> workload.replicas() == 5);
            assertThat(workload.condition("Ready")).isEqualTo("True/Accepted");
            assertThat(workload.decision()).startsWith("Held 5: trigger demand:");
            assertThat(workload.scaleWrites(stopped)).isEmpty();
            workload.demand(70);
        } finally {
            testbed.prometheus().start();
        }

        soon().until(() -> workload.condition("MetricsAvailable").equals("True/AllTriggersAnswer"));
        soon().until(() -> workload.replicas() == 7);
        soon().until(() -> !workload.notes("MetricsUnavailable").isEmpty()
                && !workload.notes("MetricsRecovered").isEmpty());
        assertThat(workload.scaleWrites(stopped)).hasSize(1);
    }

    @Test
    void aPrometheusThatHangsIsATimeoutAndHolds(Testbed testbed) {
        var workload = Workload.of(testbed, "hang", 0);
        workload.demand(30);
        workload.scale("");
        soon().until(() -> workload.replicas() == 3
                && workload.condition("MetricsAvailable").equals("True/AllTriggersAnswer"));

        testbed.prometheus().pause();
        try {
            soon().until(() -> workload.condition("MetricsAvailable").equals("False/Timeout"));
            assertThat(workload.replicas()).isEqualTo(3);
            assertThat(workload.condition("Ready")).isEqualTo("True/Accepted");
        } finally {
            testbed.prometheus().resume();
        }
        soon().until(() -> workload.condition("MetricsAvailable").equals("True/AllTriggersAnswer"));
    }

    @Test
    void whatIsNoNumberHoldsAndNamesItsReason(Testbed testbed) {
        var workload = Workload.of(testbed, "missing", 0);
        workload.demand(40);
        workload.scale("cooldownPeriod: 0");
        soon().until(() -> workload.replicas() == 4);
        var before = Instant.now();

        workload.demand(Double.NaN);
        soon().until(() -> workload.condition("MetricsAvailable").equals("False/NotFinite"));
        workload.demand(40);
        soon().until(() -> workload.condition("MetricsAvailable").equals("True/AllTriggersAnswer"));

        var second = testbed.exporter().gauge("demand", Map.of("workload", workload.name(), "shard", "b"));
        soon().until(() -> workload.condition("MetricsAvailable").equals("False/SeveralSeries"));
        second.drop();
        soon().until(() -> workload.condition("MetricsAvailable").equals("True/AllTriggersAnswer"));

        workload.demand().drop();
        soon().until(() -> workload.condition("MetricsAvailable").equals("False/EmptyResult"));
        staysSo(() -> workload.replicas() == 4);
        workload.demand().show();
        soon().until(() -> workload.condition("MetricsAvailable").equals("True/AllTriggersAnswer"));

        workload.scale("""
                cooldownPeriod: 0
                triggers: [{type: prometheus, metadata: {query: 'sum(', threshold: "10"}}]""");
        soon().until(() -> workload.condition("MetricsAvailable").equals("False/QueryError"));
        assertThat(workload.condition("Ready")).isEqualTo("True/Accepted");
        assertThat(workload.replicas()).isEqualTo(4);
        assertThat(workload.scaleWrites(before)).isEmpty();
    }

    @Test
    void emptyIsZeroOnlyWhereTheUserSaysSo(Testbed testbed) {
        var workload = Workload.of(testbed, "empty", 3);
        workload.withoutDemand();
        workload.scale("cooldownPeriod: 0");
        soon().until(() -> workload.condition("MetricsAvailable").equals("False/EmptyResult"));
        staysSo(() -> workload.replicas() == 3);

        workload.scale("""
                cooldownPeriod: 0
                triggers: [{type: prometheus, metadata: {query: 'QUERY', threshold: "10", ignoreNullValues: "true"}}]""");
        soon().until(() -> workload.replicas() == 0);
        soon().until(() -> workload.condition("MetricsAvailable").equals("True/AllTriggersAnswer"));
    }

    @Test
    void aValueWithinTheToleranceKeepsTheCount(Testbed testbed) {
        var workload = Workload.of(testbed, "tolerance", 10);
        workload.demand(109);
        workload.scale("");
        soon().until(() -> workload.condition("MetricsAvailable").equals("True/AllTriggersAnswer"));
        soon().until(() -> workload.isScraped(109));
        staysSo(() -> workload.replicas() == 10);
        workload.demand(91);
        soon().until(() -> workload.isScraped(91));
        staysSo(() -> workload.replicas() == 10);
        assertThat(workload.scaleWrites(Instant.EPOCH)).isEmpty();

        workload.demand(111);
        soon().until(() -> workload.replicas() == 12);
    }

    @Test
    void theMetricTypeValueMultipliesTheCount(Testbed testbed) {
        var workload = Workload.of(testbed, "total", 4);
        workload.demand(15);
        workload.scale("""
                maxReplicaCount: 6
                triggers: [{type: prometheus, metricType: Value, metadata: {query: 'QUERY', threshold: "10"}}]""");
        soon().until(() -> workload.replicas() == 6);
        assertThat(workload.scaleWrites(Instant.EPOCH)).hasSize(1);
    }

    @Test
    void aStatefulSetIsScaled(Testbed testbed) {
        var workload = Workload.withoutTarget(testbed, "stateful", "apis/apps/v1/statefulsets");
        workload.create(workload.target("apps/v1", "StatefulSet", "serviceName: NAME", 1));
        workload.scale("scaleTargetRef: {kind: StatefulSet, name: NAME}");
        workload.demand(30);
        soon().until(() -> workload.replicas() == 3);
    }

    @Test
    void anyKindWithAScaleSubresourceIsScaled(Testbed testbed) {
        testbed.client()
                .resource(Serialization.unmarshal("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: fleets.example.org}
                spec:
                  group: example.org
                  scope: Namespaced
                  names: {plural: fleets, singular: fleet, kind: Fleet, listKind: FleetList}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    subresources:
                      status: {}
                      scale: {specReplicasPath: .spec.ships, statusReplicasPath: .status.ships}
                    schema:
                      openAPIV3Schema:
                        type: object
                        properties:
                          spec: {type: object, properties: {ships: {type: integer}}}
                          status: {type: object, properties: {ships: {type: integer}}}
                """, GenericKubernetesResource.class))
                .create();
        soon().until(() -> testbed.client().getApiResources("example.org/v1") != null);
        var workload = Workload.withoutTarget(testbed, "fleet", "apis/example.org/v1/fleets");
        testbed.client()
                .raw(
                        "/apis/example.org/v1/namespaces/fleet/fleets",
                        "POST",
                        Map.of(
                                "apiVersion",
                                "example.org/v1",
                                "kind",
                                "Fleet",
                                "metadata",
                                Map.of("name", "fleet"),
                                "spec",
                                Map.of("ships", 2)));
        workload.scale("scaleTargetRef: {apiVersion: example.org/v1, kind: Fleet, name: NAME}");
        workload.demand(70);
        soon().until(() -> workload.replicas() == 7);
    }

    @Test
    void aKindWithoutAScaleSubresourceIsNamed(Testbed testbed) {
        var workload = Workload.withoutTarget(testbed, "unscalable");
        workload.scale("scaleTargetRef: {apiVersion: v1, kind: ConfigMap, name: NAME}");
        soon().until(() -> workload.condition("Ready").equals("False/TargetNotScalable"));
        assertThat(workload.message("Ready")).contains("spec.scaleTargetRef", "ConfigMap", "/scale");
    }

    @ParameterizedTest
    @ValueSource(strings = {"waterline.dev/paused", "autoscaling.keda.sh/paused"})
    void aPausedWorkloadStaysAsItIs(String annotation, Testbed testbed) {
        var workload = Workload.of(testbed, "paused-" + annotation.charAt(0), 0);
        workload.demand(20);
        workload.scale("");
        soon().until(() -> workload.replicas() == 2);

        workload.annotate(annotation, "true");
        soon().until(() -> workload.condition("Paused").equals("True/PausedByAnnotation"));
        assertThat(workload.message("Paused")).contains(annotation);
        var paused = Instant.now();
        workload.demand(90);
        soon().until(() -> workload.isScraped(90));
        staysSo(() -> workload.replicas() == 2);
        assertThat(workload.scaleWrites(paused)).isEmpty();

        workload.annotate(annotation, "false");
        soon().until(() -> workload.replicas() == 9);
        soon().until(() -> workload.condition("Paused").equals("False/NotPaused"));
    }

    @Test
    void dryRunSaysWhatItWouldDoAndNeverDoesIt(Testbed testbed) {
        var workload = Workload.of(testbed, "rehearsal", 0);
        workload.demand(50);
        workload.scale("mode: DryRun");
        soon().until(() -> workload.decision().startsWith("DryRun: would scale up from 0 to 5: trigger demand"));
        soon().until(() -> workload.notes("ScaledUpDryRun").equals(List.of(workload.decision())));
        staysSo(() -> workload.replicas() == 0);
        assertThat(workload.scaleWrites(Instant.EPOCH)).isEmpty();
        assertThat(workload.current().getStatus().desiredReplicas()).isEqualTo(5);

        workload.scale("mode: Enforce");
        soon().until(() -> workload.replicas() == 5);
    }

    @Test
    void aMissingTargetIsSaidAndHealsWhenItAppears(Testbed testbed) {
        var workload = Workload.withoutTarget(testbed, "late");
        workload.demand(60);
        workload.scale("");
        soon().until(() -> workload.condition("Ready").equals("False/TargetNotFound"));
        assertThat(workload.message("Ready")).contains("spec.scaleTargetRef", "Deployment late", "namespace late");
        soon().until(() -> !workload.notes("TargetNotFound").isEmpty());

        workload.create(workload.target("apps/v1", "Deployment", "", 1));
        soon().until(() -> workload.replicas() == 6);
        soon().until(() -> workload.condition("Ready").equals("True/Accepted"));
    }

    /** The sample is applied as it is, but for the name of its Prometheus, which only a real cluster has. */
    @Test
    void thePaymentProcessorFollowsItsErrors(Testbed testbed) throws IOException {
        var errors = testbed.exporter()
                .counter("http_requests_total", Map.of("job", "payment-api", "status", "503", "code", "payments"));
        errors.drop();
        testbed.exporter().gauge("up", Map.of("job", "payment-api")).set(1);
        var samples = ToolSources.home().resolve("deploy").resolve("samples").resolve("payment-processor");
        for (var file : List.of("namespace.yaml", "deployment.yaml", "scaled-workload.yaml")) {
            var yaml = Files.readString(samples.resolve(file))
                    .replace(
                            "http://prometheus.monitoring.svc:9090",
                            testbed.prometheus().uri().toString());
            testbed.client()
                    .resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                    .forceConflicts()
                    .serverSideApply();
        }
        var deployment =
                testbed.client().apps().deployments().inNamespace("payments").withName("payment-deployment");
        // Without one error series there is still an answer, and it is zero.
        soon().until(() -> deployment.require().getSpec().getReplicas() == 2);

        errors.show();
        soon().until(() -> !testbed.prometheus()
                .query("http_requests_total{job=\"payment-api\"}")
                .isEmpty());
        // rate() over 5 m extrapolates by half a scrape interval at most: between 48 and 60 errors a second.
        errors.add(14_400);

        soon().until(() -> deployment.require().getSpec().getReplicas() == 4);
    }

    @Test
    void atRestNothingIsWritten(Testbed testbed) {
        var steady = Workload.of(testbed, "rest-steady", 3);
        steady.demand(30);
        steady.scale("minReplicaCount: 1");
        var asleep = Workload.of(testbed, "rest-asleep", 0);
        asleep.scale("");
        var blind = Workload.of(testbed, "rest-blind", 2);
        blind.demand(Double.NaN);
        soon().until(() -> blind.isScraped(Double.NaN));
        blind.scale("");
        soon().until(() -> steady.condition("MetricsAvailable").equals("True/AllTriggersAnswer")
                && asleep.condition("MetricsAvailable").equals("True/AllTriggersAnswer")
                && blind.condition("MetricsAvailable").equals("False/NotFinite"));
        var operator = testbed.identity(User.OPERATOR).user().username();

        // What the way to rest still writes may take a moment; then there must be a stretch of silence.
        var silence = Duration.ofSeconds(20);
        await().atMost(Duration.ofSeconds(50))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    var now = Instant.now();
                    assertThat(testbed.audit().writesBy(operator, now.minus(silence), now).stream()
                                    .filter(record -> !record.resource().equals("leases"))
                                    .map(AuditRecord::requestUri))
                            .isEmpty();
                });
        assertThat(List.of(steady.replicas(), asleep.replicas(), blind.replicas()))
                .containsExactly(3, 0, 2);
    }
}
