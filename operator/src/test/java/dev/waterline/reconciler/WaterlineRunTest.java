package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.api.v1alpha1.PriorityWaterlineStatus.NodeDecision;
import dev.waterline.api.v1alpha1.Signal;
import dev.waterline.decision.pressure.NodeState;
import dev.waterline.decision.record.DecisionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaterlineRunTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final List<Signal> SIGNALS =
            List.of(Specs.signal("cpu", null, "cpu_query"), Specs.signal("memory", null, "memory_query"));

    private final WaterlineRun run = new WaterlineRun(
            Map.of("n1", NodeState.restored(Map.of("low", NOW), Map.of("cpu", 0.9, "memory", 0.5), NOW)), Map.of());

    @Test
    void aQueryIsDueAtFirstAndThenOnceAnInterval() {
        assertThat(run.isQueryDue(SIGNALS, INTERVAL, NOW)).isTrue();

        run.answered(SIGNALS, Map.of(), NOW);

        assertThat(run.isQueryDue(SIGNALS, INTERVAL, NOW.plusMillis(4999))).isFalse();
        assertThat(run.isQueryDue(SIGNALS, INTERVAL, NOW.plusMillis(5000))).isTrue();
    }

    @Test
    void aQueryIsDueAtOnceForSignalsThatHaveChanged() {
        run.answered(SIGNALS, Map.of(), NOW);

        assertThat(run.isQueryDue(SIGNALS.subList(0, 1), INTERVAL, NOW)).isTrue();
    }

    @Test
    void aSignalWithAnotherQueryForgetsItsPastAndOnlyThat() {
        run.answered(SIGNALS, Map.of(), NOW);

        run.answered(List.of(Specs.signal("cpu", null, "another"), SIGNALS.getLast()), Map.of(), NOW);

        var state = Objects.requireNonNull(run.states().get("n1"));
        assertThat(state.readings()).isEqualTo(Map.of("memory", 0.5));
        assertThat(state.frozen()).containsOnlyKeys("low");
    }

    @Test
    void aSignalReadByAnotherLabelForgetsItsPast() {
        run.answered(SIGNALS, Map.of(), NOW);
        var cpu = SIGNALS.getFirst();
        var relabelled = new Signal(
                cpu.name(), cpu.prometheus(), null, "instance", cpu.halfLife(), cpu.maxAge(), cpu.lag(), cpu.valid());

        run.answered(List.of(relabelled, SIGNALS.getLast()), Map.of(), NOW);

        assertThat(Objects.requireNonNull(run.states().get("n1")).readings()).containsOnlyKeys("memory");
    }

    @Test
    void anotherSmoothingActsOnThePastAtHand() {
        run.answered(SIGNALS, Map.of(), NOW);
        var cpu = SIGNALS.getFirst();
        var raw = new Signal(
                cpu.name(), cpu.prometheus(), null, cpu.nodeLabel(), "0s", cpu.maxAge(), cpu.lag(), cpu.valid());

        run.answered(List.of(raw, SIGNALS.getLast()), Map.of(), NOW);

        assertThat(Objects.requireNonNull(run.states().get("n1")).readings()).containsOnlyKeys("cpu", "memory");
    }

    @Test
    void whatAnEarlierLifeReadIsNotForgottenAtTheFirstAnswer() {
        run.answered(SIGNALS, Map.of(), NOW);

        assertThat(Objects.requireNonNull(run.states().get("n1")).readings()).containsOnlyKeys("cpu", "memory");
    }

    @Test
    void theLastTenDecisionsAreKeptNewestFirst() {
        IntStream.range(0, 12).forEach(i -> run.decided(List.of(decision("n" + i))));
        run.decided(List.of(decision("a"), decision("b")));

        assertThat(run.decisions())
                .extracting(NodeDecision::node)
                .containsExactly("b", "a", "n11", "n10", "n9", "n8", "n7", "n6", "n5", "n4");
    }

    @Test
    void aSwitchIsToldOnce() {
        assertThat(run.switchedTo(Switch.NONE)).isFalse();
        assertThat(run.switchedTo(Switch.PAUSED)).isTrue();
        assertThat(run.switchedTo(Switch.PAUSED)).isFalse();
    }

    @Test
    void whatTheStatusSaysOfAnEarlierLifeComesAfterWhatIsNew() {
        run.decidedBefore(List.of(new NodeDecision(NOW.toString(), "old", "Thaw", "low", "why", null)));
        run.decided(List.of(decision("new")));

        assertThat(run.decisions()).extracting(NodeDecision::node).containsExactly("new", "old");
    }

    @Test
    void aPassIsLateByWhatItBeganAfterItsPlan() {
        assertThat(run.lag(NOW)).isZero();
        run.planned(NOW);

        assertThat(run.lag(NOW.minusMillis(5))).isZero();
        assertThat(run.lag(NOW.plusMillis(5))).isEqualTo(Duration.ofMillis(5));
    }

    private static DecisionRecord decision(String node) {
        return Decisions.freeze(node, NOW);
    }
}
