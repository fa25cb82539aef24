package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.api.v1alpha1.Mode;
import dev.waterline.api.v1alpha1.ScaleTargetRef;
import dev.waterline.api.v1alpha1.ScaledWorkload;
import dev.waterline.api.v1alpha1.ScaledWorkloadSpec;
import dev.waterline.api.v1alpha1.ScaledWorkloadStatus;
import dev.waterline.decision.reading.Reading;
import dev.waterline.decision.scaling.ScalingInput;
import dev.waterline.decision.scaling.ScalingPolicy;
import dev.waterline.decision.scaling.ScalingState;
import dev.waterline.decision.scaling.ScalingStep;
import dev.waterline.decision.scaling.Target;
import dev.waterline.decision.scaling.Target.Measure;
import dev.waterline.decision.scaling.TriggerReading;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScalingRunTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration COOLDOWN = Duration.ofMinutes(5);

    private final ScaledWorkload resource = resource(Map.of());
    private final ScalingRun run = new ScalingRun(resource);

    @Test
    void aWorkloadIsDueAtOnceAndThenOnceAnInterval() {
        assertThat(run.isDue(resource, NOW)).isTrue();
        run.evaluated(resource, report(20), NOW);
        assertThat(run.isDue(resource, NOW)).isFalse();
        assertThat(run.due()).isAfter(NOW).isBeforeOrEqualTo(NOW.plusSeconds(15));
        var first = run.due();
        run.evaluated(resource, report(20), first);
        assertThat(run.due()).isEqualTo(first.plusSeconds(15));
    }

    @Test
    void anEditOrAPauseMakesItDue() {
        run.evaluated(resource, report(20), NOW);
        assertThat(run.isDue(resource(Map.of("waterline.dev/paused", "true")), NOW))
                .isTrue();
        assertThat(run.isDue(resource(Map.of("autoscaling.keda.sh/paused", "true")), NOW))
                .isTrue();
        assertThat(run.isDue(resource(Map.of("autoscaling.keda.sh/paused", "false")), NOW))
                .isFalse();
        assertThat(run.isDue(resource(Map.of("example.com/other", "x")), NOW)).isFalse();
        resource.getMetadata().setGeneration(2L);
        assertThat(run.isDue(resource, NOW)).isTrue();
    }

    @Test
    void contentionBringsTheNextEvaluationForwardOnce() {
        run.contended();
        run.evaluated(resource, report(20), NOW);
        assertThat(run.due()).isEqualTo(NOW.plusSeconds(1));
        run.evaluated(resource, report(20), NOW.plusSeconds(1));
        assertThat(run.due()).isAfter(NOW.plusSeconds(1));
    }

    @Test
    void aStatusStaysAsItIsWhileOnlyValuesMove() {
        var first = status(null, report(20), NOW);
        assertThat(first.triggers().getFirst().value()).isEqualTo("20");
        assertThat(status(first, report(19), NOW.plusSeconds(15))).isSameAs(first);
        assertThat(status(first, report(Double.NaN), NOW.plusSeconds(30))).isNotEqualTo(first);
    }

    @Test
    void theTimeOfActivityIsRefreshedFourTimesACooldown() {
        active(NOW);
        var first = status(null, report(20), NOW);
        active(NOW.plusSeconds(74));
        assertThat(status(first, report(20), NOW.plusSeconds(74))).isSameAs(first);
        active(NOW.plusSeconds(75));
        assertThat(status(first, report(20), NOW.plusSeconds(75)).lastActiveTime())
                .isEqualTo("2026-01-01T00:01:15Z");
    }

    @Test
    void aRestartGoesOnFromTheStatus() {
        active(NOW);
        resource.setStatus(status(null, report(20), NOW));
        assertThat(new ScalingRun(resource).lastActive()).contains(NOW);
        assertThat(new ScalingRun(resource(Map.of())).state().since()).isEqualTo(NOW.minusSeconds(60));
    }

    private void active(Instant at) {
        var state = run.state();
        run.remember(new ScalingState(
                state.since(), Optional.of(at), state.recommendations(), state.events(), state.failures()));
    }

    private ScaledWorkloadStatus status(@Nullable ScaledWorkloadStatus before, ScalingReport report, Instant now) {
        return ScaledWorkloadStatusFactory.of(before, 1, report, run, COOLDOWN, now);
    }

    /** Two replicas, threshold 10; NaN stands for a trigger that has failed. */
    private static ScalingReport report(double value) {
        var reading = Double.isNaN(value)
                ? new Reading.Unavailable(Reading.Cause.Timeout, "no complete answer within 3000 ms")
                : new Reading.Fresh(value, NOW);
        var step = ScalingStep.evaluate(
                new ScalingPolicy(0, 10, OptionalInt.empty(), COOLDOWN),
                ScalingState.fresh(NOW),
                new ScalingInput(
                        2, List.of(new TriggerReading("errors", new Target(Measure.AVERAGE_VALUE, 10, 0), reading))),
                NOW);
        return ScalingReport.decided(
                List.of(
                        ScalingConditions.ready(Mode.Enforce),
                        ScalingConditions.active(step),
                        ScalingConditions.metrics(step)),
                2,
                step);
    }

    private static ScaledWorkload resource(Map<String, String> annotations) {
        var resource = new ScaledWorkload();
        resource.setMetadata(new ObjectMetaBuilder()
                .withNamespace("payments")
                .withName("api")
                .withUid("c0ffee")
                .withGeneration(1L)
                .withCreationTimestamp(NOW.minusSeconds(60).toString())
                .withAnnotations(annotations)
                .build());
        resource.setSpec(new ScaledWorkloadSpec(
                Mode.Enforce,
                new ScaleTargetRef("apps/v1", "Deployment", "api"),
                15,
                300,
                0,
                10,
                null,
                null,
                null,
                null,
                null,
                List.of()));
        return resource;
    }
}
