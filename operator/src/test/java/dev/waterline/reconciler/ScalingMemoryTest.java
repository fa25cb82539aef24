package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.api.v1alpha1.ScaledWorkload;
import dev.waterline.decision.scaling.ScaleEvents;
import dev.waterline.decision.scaling.ScaleEvents.ScaleEvent;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScalingMemoryTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aNewProcessGoesOnFromTheStatus() {
        var state = ScalingMemory.of(workload("""
                status:
                  lastActiveTime: "2026-01-01T00:00:00Z"
                  scaleEvents: [{at: "2025-12-31T23:59:50Z", change: 3}, {at: "2025-12-31T23:59:55Z", change: -2}]
                  triggers:
                  - {name: fallen, error: "Timeout: no complete answer", proposal: 6, active: true}
                  - {name: failing, error: "Timeout: no complete answer", active: false}
                  - {name: well, value: "20", proposal: 2, active: true}
                """));
        assertThat(state.since()).isEqualTo(Instant.parse("2025-12-31T00:00:00Z"));
        assertThat(state.lastActive()).contains(NOW);
        assertThat(state.events().events())
                .containsExactly(new ScaleEvent(NOW.minusSeconds(10), 3), new ScaleEvent(NOW.minusSeconds(5), -2));
        assertThat(state.failures())
                .as("the next failure makes it fall back again")
                .isEqualTo(Map.of("fallen", 3));
    }

    @Test
    void withoutAStatusNothingIsKnown() {
        var state = ScalingMemory.of(workload(""));
        assertThat(state.lastActive()).isEmpty();
        assertThat(state.events()).isEqualTo(ScaleEvents.NONE);
        assertThat(state.failures()).isEmpty();
    }

    @Test
    void moreEventsThanFitAreToldAsIfTheFirstHadComeLater() {
        var events = new ScaleEvents(IntStream.range(0, 40)
                .mapToObj(i -> new ScaleEvent(NOW.plusSeconds(i), i % 2 == 0 ? 2 : -1))
                .toList());
        var told = ScalingMemory.told(events);
        assertThat(told).hasSize(32);
        assertThat(told.getFirst().at()).isEqualTo(NOW.plusSeconds(8).toString());
        assertThat(told.stream().mapToInt(event -> event.change()).sum()).isEqualTo(20);
        assertThat(ScalingMemory.told(new ScaleEvents(List.of()))).isEmpty();
    }

    private static ScaledWorkload workload(String status) {
        return Serialization.unmarshal("""
                apiVersion: waterline.dev/v1alpha1
                kind: ScaledWorkload
                metadata: {name: x, creationTimestamp: "2025-12-31T00:00:00Z"}
                spec: {scaleTargetRef: {name: x}, fallback: {failureThreshold: 3, replicas: 6}}
                """ + status, ScaledWorkload.class);
    }
}
