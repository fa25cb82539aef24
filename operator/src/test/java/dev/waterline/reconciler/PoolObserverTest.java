package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waterline.arbiter.NodeMarks.Mark;
import dev.waterline.cluster.NodeResources;
import dev.waterline.cluster.NodeSummary;
import dev.waterline.cluster.PodSummary;
import dev.waterline.decision.pressure.Observation;
import dev.waterline.decision.pressure.PoolNode;
import dev.waterline.decision.pressure.Signal;
import dev.waterline.decision.pressure.Signal.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoolObserverTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final List<NodeSummary> NODES = List.of(node("n1", "a"), node("n2", ""));

    @Test
    void aPodThatWasBoundWithinTheLagIsReservedOnItsNode() {
        var observed = observe(cpu(Duration.ofSeconds(60)), List.of(pod("n1", 10, false), pod("n1", 70, false)));
        assertThat(observed.reserved())
                .hasSize(1)
                .hasEntrySatisfying(
                        "cpu",
                        byNode -> assertThat(byNode)
                                .hasSize(1)
                                .hasEntrySatisfying(
                                        "n1",
                                        ratio -> assertThat(ratio).isCloseTo(0.85 * 1_000 / 4_000, within(1e-9))));
    }

    @Test
    void aPodThatHasFinishedIsNot() {
        assertThat(observe(cpu(Duration.ofSeconds(60)), List.of(pod("n1", 10, true)))
                        .reserved())
                .isEmpty();
    }

    @Test
    void aSignalWithoutALagOrAResourceReservesNothing() {
        var young = List.of(pod("n1", 1, false));
        assertThat(observe(cpu(Duration.ZERO), young).reserved()).isEmpty();
        assertThat(observe(new Signal("psi", Duration.ZERO, 1.5), young).reserved())
                .isEmpty();
    }

    @Test
    void nodesCarryTheirZones() {
        assertThat(observe(cpu(Duration.ZERO), List.of()).nodes())
                .containsExactly(new PoolNode("n1", "a"), new PoolNode("n2", ""));
    }

    private static Observation observe(Signal signal, Collection<PodSummary> pods) {
        return new PoolObserver(() -> pods).observe(List.of(signal), NODES, Map.of(), NOW);
    }

    private static Signal cpu(Duration lag) {
        return new Signal("cpu", Duration.ZERO, 1.5, Optional.of(Resource.CPU), lag);
    }

    private static NodeSummary node(String name, String zone) {
        return new NodeSummary(
                name,
                "uid-" + name,
                "7",
                zone.isEmpty() ? Map.of() : Map.of("topology.kubernetes.io/zone", zone),
                Mark.NONE,
                List.of(),
                NodeResources.UNKNOWN,
                new NodeResources(4, 8e9),
                NodeSummary.Overrides.NONE,
                List.of());
    }

    private static PodSummary pod(String node, long secondsAgo, boolean finished) {
        return new PodSummary(
                "default",
                "web",
                "uid",
                "7",
                0,
                node,
                "ReplicaSet",
                "web",
                false,
                finished,
                1_000,
                Optional.empty(),
                0,
                Optional.of(NOW.minusSeconds(secondsAgo)),
                Optional.empty(),
                Set.of(),
                false,
                List.of(),
                Optional.empty());
    }
}
