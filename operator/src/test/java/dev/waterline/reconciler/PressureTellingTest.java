package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.cluster.EventRecorder;
import dev.waterline.decision.pressure.NodeState;
import dev.waterline.decision.pressure.PressurePolicy;
import dev.waterline.decision.pressure.Shift;
import dev.waterline.decision.record.Action;
import dev.waterline.decision.record.DecisionIds;
import dev.waterline.decision.record.DecisionRecord;
import dev.waterline.fixture.FakeApiServer;
import dev.waterline.telemetry.DecisionLog;
import dev.waterline.telemetry.PressureMeters;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PressureTellingTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    private static final String TWO_TIERS = Specs.LADDER.substring(0, Specs.LADDER.indexOf("- name: critical"));

    private final FakeApiServer server = new FakeApiServer();
    private final KubernetesClient client = server.client();
    private final EventRecorder events = new EventRecorder(client, "me", InstantSource.fixed(NOW));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final DecisionLog log = new DecisionLog();
    private final PressureTelling telling =
            new PressureTelling(events, new PressureMeters(registry), log, new DecisionIds());

    @AfterEach
    void stop() {
        events.close();
        client.close();
        server.close();
    }

    @Test
    void theSeriesOfANodeThatLeftThePoolGo() {
        telling.measured("core", policy(Specs.LADDER), run("n1", "n2"));
        telling.measured("core", policy(Specs.LADDER), run("n2"));

        assertThat(tags("waterline.node.utilisation", "node")).containsExactly("n2");
    }

    @Test
    void theSeriesOfATierThatTheSpecNoLongerHasGo() {
        telling.measured("core", policy(Specs.LADDER), run("n1"));
        telling.measured("core", policy(TWO_TIERS), run("n1"));

        assertThat(tags("waterline.nodes.frozen", "tier")).containsExactlyInAnyOrder("best-effort", "standard");
        assertThat(tags("waterline.node.utilisation", "node")).containsExactly("n1");
    }

    @Test
    void aSwitchThatThawsRecordsEachThawWithTheAnnotationAsItsReason() {
        var frozen = NodeState.restored(Map.of("best-effort", NOW, "standard", NOW), Map.of("cpu", 0.9), NOW);

        var told = telling.thawed(
                resource(),
                policy(Specs.LADDER),
                Map.of("n1", frozen),
                "waterline.dev/thaw-all",
                true,
                NOW.plusSeconds(60));

        assertThat(told).extracting(record -> record.change().action()).containsExactly(Action.THAW, Action.THAW);
        assertThat(told).extracting(DecisionRecord::id).doesNotHaveDuplicates().isSorted();
        assertThat(log.find(told.getFirst().id())).hasValue(told.getFirst());
        assertThat(PriorityWaterlineStatusFactory.decision(told.getLast()).message())
                .isEqualTo("Thawed tier standard on node n1: annotation waterline.dev/thaw-all is set");
        assertThat(registry.get("waterline.freeze.held").timer().count()).isEqualTo(2);
    }

    private Set<String> tags(String meter, String tag) {
        return registry.find(meter).meters().stream()
                .map(Meter::getId)
                .map(id -> String.valueOf(id.getTag(tag)))
                .collect(Collectors.toSet());
    }

    private static PressurePolicy policy(String tiers) {
        var resolution = new PolicyMapper(_ -> OptionalInt.empty())
                .resolve(Specs.withTiers(tiers), WindowsNow.none(), Shift.NONE);
        return ((PolicyResolution.Resolved) resolution).policy();
    }

    private static WaterlineRun run(String... nodes) {
        return new WaterlineRun(
                List.of(nodes).stream()
                        .collect(Collectors.toMap(
                                node -> node, _ -> NodeState.restored(Map.of(), Map.of("cpu", 0.5), NOW))),
                Map.of());
    }

    private static PriorityWaterline resource() {
        var resource = new PriorityWaterline();
        resource.setMetadata(
                new ObjectMetaBuilder().withName("core").withGeneration(3L).build());
        return resource;
    }
}
