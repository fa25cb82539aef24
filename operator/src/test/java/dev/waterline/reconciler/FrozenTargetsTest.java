package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.arbiter.NodeMarks.Mark;
import dev.waterline.arbiter.NodeVerdict;
import dev.waterline.cluster.Landing;
import dev.waterline.cluster.NodeResources;
import dev.waterline.cluster.NodeSummary;
import dev.waterline.cluster.NodeTaint;
import dev.waterline.cluster.ScaleTarget;
import dev.waterline.decision.pressure.Contribution;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FrozenTargetsTest {
    private static final ScaleTarget TARGET = new ScaleTarget("apps/v1", "Deployment", "batch", "report");
    private static final List<NodeSummary> NODES =
            List.of(node("a", "core"), node("b", "core"), node("c", "edge"), tainted("control-plane"));

    @Test
    void onlyIfEveryNodeThatItCouldUseIsFrozenIsItHeld() {
        assertThat(frozenBy(Map.of("a", 1000, "b", 1000, "c", 1000), Map.of(), 0))
                .contains("PriorityWaterline settlement");
        assertThat(frozenBy(Map.of("a", 1000, "b", 1000), Map.of(), 0)).isEmpty();
        assertThat(frozenBy(Map.of(), Map.of(), 0)).isEmpty();
    }

    @Test
    void theNodeSelectorSaysWhichNodesItCouldUse() {
        assertThat(frozenBy(Map.of("a", 1000, "b", 1000), Map.of("pool", "core"), 0))
                .isPresent();
        assertThat(frozenBy(Map.of("a", 1000, "b", 1000), Map.of("pool", "edge"), 0))
                .isEmpty();
    }

    @Test
    void aNodeThatDoesNotExistIsNotOurDoing() {
        assertThat(frozenBy(Map.of("a", 1000), Map.of("pool", "nowhere"), 0)).isEmpty();
    }

    @Test
    void aPriorityThatReachesTheFloorIsNotHeld() {
        assertThat(frozenBy(Map.of("a", 1000, "b", 1000, "c", 1000), Map.of(), 999))
                .isPresent();
        assertThat(frozenBy(Map.of("a", 1000, "b", 1000, "c", 1000), Map.of(), 1000))
                .isEmpty();
    }

    @Test
    void withoutATemplateNothingIsKnownAndNothingHeld() {
        var frozen = new FrozenTargets(
                _ -> Optional.empty(),
                () -> NODES,
                _ -> 0,
                () -> Map.of("a", 1000, "b", 1000, "c", 1000),
                Map::of,
                Optional::of);
        assertThat(frozen.frozenBy(TARGET)).isEmpty();
    }

    private static Optional<String> frozenBy(Map<String, Integer> floors, Map<String, String> selector, int priority) {
        var verdict = new NodeVerdict(
                1000, Map.of("uid", new Contribution(1000, "standard", Map.of(), List.of("standard"), Map.of())));
        return new FrozenTargets(
                        _ -> Optional.of(new Landing(
                                OptionalInt.empty(), Optional.empty(), selector, Optional.empty(), List.of())),
                        () -> NODES,
                        _ -> priority,
                        () -> floors,
                        () -> Map.of("a", verdict, "b", verdict, "c", verdict),
                        uid -> uid.equals("uid") ? Optional.of("settlement") : Optional.empty())
                .frozenBy(TARGET);
    }

    private static NodeSummary node(String name, String pool) {
        return node(name, Map.of("pool", pool), List.of());
    }

    private static NodeSummary tainted(String name) {
        return node(name, Map.of(), List.of(new NodeTaint("node-role.kubernetes.io/control-plane", "", "NoSchedule")));
    }

    private static NodeSummary node(String name, Map<String, String> labels, List<NodeTaint> taints) {
        return new NodeSummary(
                name,
                "uid-" + name,
                "1",
                labels,
                new Mark(Optional.empty(), Optional.empty()),
                List.of(),
                NodeResources.UNKNOWN,
                NodeResources.UNKNOWN,
                NodeSummary.Overrides.NONE,
                taints);
    }
}
