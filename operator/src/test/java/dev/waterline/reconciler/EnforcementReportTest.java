package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.arbiter.Arbiter;
import dev.waterline.decision.override.NodeOverride;
import dev.waterline.decision.pressure.Contribution;
import dev.waterline.decision.pressure.Evidence;
import dev.waterline.decision.pressure.FrozenTier;
import dev.waterline.decision.record.Change;
import dev.waterline.decision.record.DecisionIds;
import dev.waterline.decision.record.DecisionRecord;
import dev.waterline.telemetry.DecisionLog;
import dev.waterline.telemetry.DecisionQuery;
import dev.waterline.telemetry.PressureMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnforcementReportTest {
    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Arbiter arbiter = new Arbiter();
    private final DecisionLog log = new DecisionLog();
    private final EnforcementReport report =
            new EnforcementReport(arbiter, new PressureMeters(registry), log, new DecisionIds());

    @Test
    void anAcknowledgedFreezeIsTimedAndRecorded() {
        arbiter.submit("a", Map.of("n1", wish()));

        report.acknowledged(Map.of("n1", 1000), NOON.plusMillis(40));

        assertThat(registry.get("waterline.freeze.acknowledgement").timer().count())
                .isEqualTo(1);
        assertThat(recorded().change())
                .isEqualTo(new Change.Acknowledged("n1", 1000, Optional.of(Duration.ofMillis(40))));
    }

    @Test
    void aFloorThatAPersonOrderedOrHeldBackIsRecordedAndNotTimed() {
        arbiter.submit("a", Map.of("n1", wish()));
        arbiter.override(Map.of("n1", new NodeOverride.Freeze(9000, NOON)));
        report.acknowledged(Map.of("n1", 9000), NOON.plusSeconds(3600));
        assertThat(recorded().change()).isEqualTo(new Change.Acknowledged("n1", 9000, Optional.empty()));

        arbiter.override(Map.of("n1", new NodeOverride.Thaw(NOON)));
        arbiter.override(Map.of());
        report.acknowledged(Map.of("n1", 1000), NOON.plusSeconds(7200));

        assertThat(recorded().change()).isEqualTo(new Change.Acknowledged("n1", 1000, Optional.empty()));
        assertThat(registry.get("waterline.freeze.acknowledgement").timer().count())
                .isZero();
    }

    private DecisionRecord recorded() {
        return log.find(new DecisionQuery(Optional.empty(), Optional.of("n1"), Optional.empty(), Optional.empty(), 1))
                .decisions()
                .getFirst();
    }

    private static Contribution wish() {
        return new Contribution(
                1000,
                "low",
                Map.of("low", new FrozenTier(NOON, NOON, new Evidence.HigherTier("standard"))),
                List.of("low"),
                Map.of("cpu", 0.9));
    }
}
