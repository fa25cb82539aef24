package dev.waterline.e2e;

import static dev.waterline.e2e.Polls.soon;
import static dev.waterline.e2e.Polls.staysSo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.api.v1alpha1.ScaledWorkload;
import dev.waterline.api.v1alpha1.ScaledWorkloadStatus;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.junit.WithTestbed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps a count from following its triggers at once: behavior, fallback, pauses, frozen nodes. */
@Observed
@WithTestbed(group = InstalledOperator.GROUP)
class ScalingLimitsIT {
    @BeforeAll
    static void install(Testbed testbed) {
        InstalledOperator.in(testbed);
    }

    @AfterEach
    void leaveNothingBehind(Testbed testbed) {
        testbed.client().resources(ScaledWorkload.class).inAnyNamespace().delete();
        var waterlines = testbed.client().resources(PriorityWaterline.class);
        waterlines.delete();
        soon().until(() -> waterlines.list().getItems().isEmpty());
    }

    @Test
    void theWayToZeroGoesThroughThePolicies(Testbed testbed) {
        var workload = Workload.of(testbed, "policies", 5);
        workload.demand(50);
        workload.scale("cooldownPeriod: 1\n"
                + behavior("scaleDown: {stabilizationWindowSeconds: 0, policies: [{type: Pods, value: 2,"
                        + " periodSeconds: 4}]}"));
        soon().until(() -> workload.condition("Active").equals("True/TriggerActive"));

        workload.demand(0);

        soon().until(() -> workload.condition("Limited").equals("True/ScaleDownLimit"));
        soon().until(() -> workload.replicas() == 0);
        var writes = workload.scaleWrites(Instant.EPOCH);
        assertThat(writes).as("to 3, to 1, to 0").hasSize(3);
        for (int i = 1; i < writes.size(); i++) {
            assertThat(Duration.between(
                            writes.get(i - 1).completed(), writes.get(i).completed()))
                    .isGreaterThan(Duration.ofMillis(3_500));
        }
    }

    @Test
    void aDipWithinTheStabilizationWindowChangesNothingAndSaysSo(Testbed testbed) {
        var workload = Workload.of(testbed, "window", 0);
        workload.demand(50);
        workload.scale(behavior("scaleDown: {stabilizationWindowSeconds: 12}"));
        soon().until(() -> workload.replicas() == 5);

        workload.demand(20);
        soon().until(() -> workload.decision().contains("scaleDown's stabilization window keeps it at 5"));
        assertThat(workload.replicas()).isEqualTo(5);
        soon().until(() -> workload.replicas() == 2);
    }

    @Test
    void scaleUpIsPacedAndTheStatusKeepsTheEvents(Testbed testbed) {
        var workload = Workload.of(testbed, "pace", 1);
        workload.demand(90);
        workload.scale(behavior("scaleUp: {policies: [{type: Pods, value: 3, periodSeconds: 1800}]}"));
        soon().until(() -> workload.replicas() == 4);
        soon().until(() -> workload.condition("Limited").equals("True/ScaleUpLimit"));
        soon().untilAsserted(() -> assertThat(workload.current().getStatus().scaleEvents())
                .extracting(ScaledWorkloadStatus.ScaleEvent::change)
                .containsExactly(3));
        staysSo(() -> workload.replicas() == 4);
    }

    @ParameterizedTest(name = "{0} from {1}")
    @CsvSource({"static, 5, 3", "currentReplicasIfHigher, 5, 5", "currentReplicasIfLower, 2, 2", "static, 0, 3"})
    void triggersThatGoOnFailingFallBackAndRecover(String behavior, int from, int to, Testbed testbed) {
        var workload = Workload.of(testbed, "fallback-" + behavior.toLowerCase(Locale.ROOT) + from, from);
        workload.demand(from * 10.0);
        workload.scale("fallback: {failureThreshold: 3, replicas: 3, behavior: %s}".formatted(behavior));
        soon().until(() -> workload.condition("MetricsAvailable").equals("True/AllTriggersAnswer"));
        assertThat(workload.condition("Fallback")).isEqualTo("False/NotNeeded");
        assertThat(workload.replicas()).isEqualTo(from);

        workload.demand(Double.NaN);

        soon().until(() -> workload.condition("Fallback").equals("True/FallbackActive"));
        soon().until(() -> workload.replicas() == to);
        assertThat(workload.condition("MetricsAvailable")).isEqualTo("False/NotFinite");
        staysSo(() -> workload.replicas() == to);
        assertThat(workload.notes("FallbackActivated")).hasSize(1);

        workload.demand(70);
        soon().until(() -> workload.replicas() == 7);
        soon().until(() -> workload.condition("Fallback").equals("False/NotNeeded"));
    }

    @Test
    void aPauseAtACountGoesThereAndStays(Testbed testbed) {
        var workload = Workload.of(testbed, "paused-at", 0);
        workload.demand(20);
        workload.scale("");
        soon().until(() -> workload.replicas() == 2);

        workload.annotate("autoscaling.keda.sh/paused-replicas", "6");
        soon().until(() -> workload.replicas() == 6);
        soon().until(() -> workload.condition("Paused").equals("True/PausedByAnnotation"));
        staysSo(() -> workload.replicas() == 6);

        workload.annotate("autoscaling.keda.sh/paused-replicas", "six");
        soon().until(() -> workload.condition("Ready").equals("False/InvalidAnnotation"));
        assertThat(workload.message("Ready")).contains("autoscaling.keda.sh/paused-replicas", "\"six\"");
        assertThat(workload.replicas()).isEqualTo(6);
    }

    @Test
    void aPauseOfOneDirectionLetsTheOtherGo(Testbed testbed) {
        var workload = Workload.of(testbed, "one-way", 0);
        workload.demand(40);
        workload.scale("");
        soon().until(() -> workload.replicas() == 4);

        workload.annotate("waterline.dev/paused-scale-in", "true");
        workload.demand(20);
        soon().until(() -> workload.condition("Limited").equals("True/ScaleInPaused"));
        assertThat(workload.condition("Paused")).isEqualTo("True/PausedByAnnotation");
        staysSo(() -> workload.replicas() == 4);
        workload.demand(60);
        soon().until(() -> workload.replicas() == 6);
        workload.annotate("waterline.dev/paused-scale-in", "false");
        workload.demand(10);
        soon().until(() -> workload.replicas() == 1);
    }

    @Test
    void forcedActivationWakesIt(Testbed testbed) {
        var workload = Workload.of(testbed, "forced", 0);
        workload.scale("cooldownPeriod: 1");
        soon().until(() -> workload.condition("Active").equals("False/NoTriggerActive"));
        workload.annotate("autoscaling.keda.sh/force-activation", "true");
        soon().until(() -> workload.replicas() == 1);
        soon().until(() -> workload.condition("Active").equals("True/ForcedActivation"));
        workload.annotate("autoscaling.keda.sh/force-activation", "false");
        soon().until(() -> workload.replicas() == 0);
    }

    @Test
    void aFrozenTierDoesNotScaleIntoTheWall(Testbed testbed) {
        var pool = Pool.of(testbed, "wall", 2);
        pool.waterline("");
        soon().until(() -> pool.condition("Enforced").equals("True/Acknowledged"));
        var workload = Workload.withoutTarget(testbed, "hits-the-wall");
        workload.create(workload.target("apps/v1", "Deployment", "", 2)
                .replace("spec: {containers:", "spec: {nodeSelector: {pool: wall}, containers:"));
        workload.demand(20);
        workload.scale("");
        soon().until(() -> workload.condition("Active").equals("True/TriggerActive"));

        pool.nodes().forEach(node -> pool.heat(node, 0.95));
        soon().until(() -> pool.nodes().stream().allMatch(pool::isGuarded));
        workload.demand(60);

        soon().until(() -> workload.condition("Limited").equals("True/NodesFrozen"));
        assertThat(workload.message("Limited")).contains("PriorityWaterline wall");
        staysSo(() -> workload.replicas() == 2);
        assertThat(workload.notes("NodesFrozen")).hasSize(1);

        workload.demand(10);
        soon().until(() -> workload.replicas() == 1);
        workload.scale("pressure: {whenFrozen: Ignore}");
        workload.demand(40);
        soon().until(() -> workload.replicas() == 4);

        workload.scale("");
        workload.demand(60);
        soon().until(() -> workload.condition("Limited").equals("True/NodesFrozen"));
        pool.heat(pool.nodes().getFirst(), 0.3);
        soon().until(() -> workload.replicas() == 6);
        soon().until(() -> workload.condition("Limited").equals("False/NotLimited"));
    }

    @Test
    void aLoadThatSwingsWithinTheWindowIsToldOnce(Testbed testbed) {
        var workload = Workload.of(testbed, "swing", 5);
        workload.demand(50);
        workload.scale("cooldownPeriod: 3600\n" + behavior("scaleDown: {stabilizationWindowSeconds: 300}"));
        soon().until(() -> workload.condition("Active").equals("True/TriggerActive"));
        workload.demand(30);
        soon().until(() -> workload.decision().contains("stabilization window"));
        var version = workload.current().getMetadata().getResourceVersion();
        for (double demand : List.of(50.0, 30.0, 50.0)) {
            workload.demand(demand);
            soon().until(() -> workload.isScraped(demand));
            staysSo(() -> workload.replicas() == 5);
        }
        assertThat(workload.current().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    private static String behavior(String rules) {
        return "advanced: {horizontalPodAutoscalerConfig: {behavior: {%s}}}".formatted(rules);
    }
}
