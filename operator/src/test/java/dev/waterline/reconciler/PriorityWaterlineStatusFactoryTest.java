package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.api.v1alpha1.PriorityWaterlineStatus;
import dev.waterline.api.v1alpha1.PriorityWaterlineStatus.EffectiveThreshold;
import dev.waterline.api.v1alpha1.PriorityWaterlineStatus.NodeStatus;
import dev.waterline.api.v1alpha1.PriorityWaterlineStatus.TierStatus;
import dev.waterline.decision.pressure.Contribution;
import dev.waterline.decision.pressure.NodeState;
import dev.waterline.decision.pressure.PressurePolicy;
import dev.waterline.decision.pressure.Shift;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PriorityWaterlineStatusFactoryTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final PressurePolicy POLICY = ((PolicyResolution.Resolved) new PolicyMapper(_ -> OptionalInt.empty())
                    .resolve(Specs.withTiers(Specs.LADDER), WindowsNow.none(), Shift.NONE))
            .policy();

    @Test
    void itShowsTheLadderInEffectInPercent() {
        assertThat(status(null, run(Map.of("n1", 0.5))).tiers())
                .containsExactly(
                        new TierStatus(
                                "best-effort", null, List.of(new EffectiveThreshold("cpu", 70, 62.5, "Spec", null)), 0),
                        new TierStatus(
                                "standard", 1000, List.of(new EffectiveThreshold("cpu", 82, 75, "Spec", null)), 0),
                        new TierStatus("critical", 9000, List.of(), 0));
    }

    @Test
    void readingsThatMoveAreNotWorthAWrite() {
        var before = status(null, run(Map.of("n1", 0.5)));

        assertThat(status(before, run(Map.of("n1", 0.69)))).isSameAs(before);
    }

    @Test
    void aNodeMoreOrADecisionIsWorthAWriteAndBringsTheReadings() {
        var before = status(null, run(Map.of("n1", 0.5)));
        var decided = run(Map.of("n1", 0.69));
        decided.decided(List.of(Decisions.freeze("n1", NOW)));

        assertThat(status(before, run(Map.of("n1", 0.5, "n2", 0.6))).nodesMatched())
                .isEqualTo(2);
        assertThat(status(before, decided).hottestNodes()).containsExactly(new NodeStatus("n1", 69, "cpu", null, null));
    }

    @Test
    void tenNodesAreListedTheFrozenFirstAndThenTheHottest() {
        var ratios = new HashMap<String, Double>();
        for (int i = 10; i < 30; i++) {
            ratios.put("n" + i, i / 100.0);
        }
        var states = states(ratios);
        var frozen = NodeState.restored(Map.of("best-effort", NOW), Map.of("cpu", 0.01), NOW);
        states.put("cold", frozen);
        var wish = new Contribution(1000, "best-effort", frozen.frozen(), List.of("best-effort"), Map.of("cpu", 0.01));

        var status = status(null, new WaterlineRun(states, Map.of("cold", wish)));

        assertThat(status.hottestNodes())
                .extracting(NodeStatus::node)
                .containsExactly("cold", "n29", "n28", "n27", "n26", "n25", "n24", "n23", "n22", "n21");
        assertThat(status.hottestNodes().getFirst())
                .isEqualTo(new NodeStatus("cold", 1, "cpu", 1000, "2026-07-01T12:00:00Z"));
        assertThat(status.nodesFrozen()).isEqualTo(1);
    }

    @Test
    void aNodeThatNoSignalHasSpokenOfIsMatchedAndNotListed() {
        var status = status(null, new WaterlineRun(Map.of("n1", NodeState.unknown()), Map.of()));

        assertThat(status.nodesMatched()).isEqualTo(1);
        assertThat(status.hottestNodes()).isEmpty();
    }

    @Test
    void anUndecidedSpecKeepsWhatTheStatusShowed() {
        var before = status(null, run(Map.of("n1", 0.5)));

        var undecided = PriorityWaterlineStatusFactory.undecided(before, 8, List.of());

        assertThat(undecided.observedGeneration()).isEqualTo(8);
        assertThat(undecided.tiers()).isEqualTo(before.tiers());
        assertThat(undecided.hottestNodes()).isEqualTo(before.hottestNodes());
        assertThat(PriorityWaterlineStatusFactory.undecided(null, 8, List.of()).nodesMatched())
                .isNull();
    }

    private static PriorityWaterlineStatus status(@Nullable PriorityWaterlineStatus before, WaterlineRun run) {
        return PriorityWaterlineStatusFactory.of(before, 7, List.of(), POLICY, run, List.of(), null);
    }

    private static WaterlineRun run(Map<String, Double> ratios) {
        return new WaterlineRun(states(ratios), Map.of());
    }

    private static Map<String, NodeState> states(Map<String, Double> ratios) {
        var states = new HashMap<String, NodeState>();
        ratios.forEach((node, ratio) -> states.put(node, NodeState.restored(Map.of(), Map.of("cpu", ratio), NOW)));
        return states;
    }
}
