package dev.waterline.decision.pressure;

import static dev.waterline.decision.pressure.Policies.BEST_EFFORT;
import static dev.waterline.decision.pressure.Policies.MIN_HOLD;
import static dev.waterline.decision.pressure.Policies.STANDARD;
import static dev.waterline.decision.pressure.Policies.cpu;
import static dev.waterline.decision.pressure.Policies.tier;
import static dev.waterline.decision.pressure.PoolUnderTest.CPU;
import static dev.waterline.decision.pressure.PoolUnderTest.NODE;
import static dev.waterline.decision.pressure.PoolUnderTest.START;
import static dev.waterline.decision.pressure.PoolUnderTest.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A restart may delay a thaw, never cause a flip. */
class RestartTest {
    private static final Duration AWAY = Duration.ofSeconds(4);

    @Test
    void aFrozenNodeIsFrozenSinceItFrozeAndWasLastHotNow() {
        var now = START.plusSeconds(1000);
        var state = NodeState.restored(Map.of(BEST_EFFORT, START), Map.of(CPU, 0.75), now);
        assertThat(state.frozen())
                .containsExactly(Map.entry(BEST_EFFORT, new FrozenTier(START, now, new Evidence.Restored())));
        assertThat(state.readings()).containsExactly(Map.entry(CPU, 0.75));
    }

    @Test
    void theHoldBeginsAnew() {
        var pool = hot(0.75);
        pool.cpuFor(Duration.ofSeconds(200), 0.50);
        pool.restart(AWAY);
        var restarted = pool.now();
        pool.cpuFor(MIN_HOLD.minusSeconds(5), 0.50);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        pool.cpu(0.50);
        assertThat(pool.frozen()).isEmpty();
        assertThat(pool.now()).isEqualTo(restarted.plus(MIN_HOLD));
    }

    @Test
    void aHotNodeStaysFrozenWithoutAnyDecision() {
        var pool = hot(0.75);
        var before = pool.decisions();
        pool.restart(AWAY);
        pool.cpuFor(Duration.ofMinutes(10), 0.75);
        assertThat(pool.decisions()).isEqualTo(before);
        assertThat(pool.state().frozen())
                .hasEntrySatisfying(
                        BEST_EFFORT, frozen -> assertThat(frozen.since()).isEqualTo(START.plusSeconds(15)));
    }

    @Test
    void anAbsentNodeIsHeldByTheReadingThatIsWrittenOnIt() {
        var pool = hot(0.75);
        pool.restart(AWAY);
        pool.absentFor(Duration.ofHours(6));
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
    }

    @Test
    void theReadingWrittenOnTheNodeFreezesNoHigherTier() {
        var pool = PoolUnderTest.with(Policies.smoothed(Policies.settlement(), Duration.ofSeconds(20)));
        pool.cpuFor(Duration.ofSeconds(10), 0.75);
        pool.cpu(1.45);
        assertThat(pool.state().seriesOf(CPU).last()).isGreaterThan(0.86);
        pool.cpu(0.60);
        pool.cpuFor(Duration.ofHours(3), 0.75);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        pool.restart(AWAY);
        pool.cpuFor(Duration.ofMinutes(2), 0.75);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
    }

    @Test
    void theReadingWrittenOnTheNodeIsNotTheFirstOfTwoThatMakeAPanic() {
        var timing = new Timing(Duration.ofMinutes(5), Policies.THAW_AFTER, MIN_HOLD, 0.90, Policies.TIMING.maxGap());
        var policy = Policies.of(tier(BEST_EFFORT, 0, cpu(0.70, 0.62)), tier(STANDARD, 1000, cpu(0.95, 0.75)));
        var now = START.plusSeconds(1000);
        var restored = NodeState.restored(Map.of(BEST_EFFORT, START), Map.of(CPU, 0.93), now);
        var later = now.plusSeconds(5);
        var step = PressureStep.evaluate(
                Policies.with(policy, timing),
                Observation.of(Set.of(NODE), Map.of(CPU, new SourceAnswer.Answered(Map.of(NODE, 0.91), later))),
                Map.of(NODE, restored),
                PoolSummary.empty(),
                later);
        assertThat(step.decisions()).isEmpty();
    }

    @Test
    void aSourceWhoseClockIsBehindIsHeardAtOnce() {
        var now = START.plusSeconds(1000);
        var states = Map.of(NODE, NodeState.restored(Map.of(BEST_EFFORT, START), Map.of(CPU, 0.75), now));
        var summary = PoolSummary.empty();
        for (int second = 5; second <= 20; second += 5) {
            var source = now.plusSeconds(second).minusSeconds(60);
            var step = PressureStep.evaluate(
                    Policies.settlement(),
                    Observation.of(Set.of(NODE), Map.of(CPU, new SourceAnswer.Answered(Map.of(NODE, 0.9), source))),
                    states,
                    summary,
                    now.plusSeconds(second));
            states = step.nodes();
            summary = step.summary();
        }
        assertThat(states)
                .hasEntrySatisfying(NODE, state -> assertThat(state.frozen()).containsOnlyKeys(BEST_EFFORT, STANDARD));
    }

    @Test
    void aMissingLowerTierIsFrozenAgainBecauseOfTheTierAbove() {
        var now = START.plusSeconds(1000);
        var restored = NodeState.restored(Map.of(STANDARD, START), Map.of(CPU, 0.78), now);
        var step = PressureStep.evaluate(
                Policies.settlement(),
                Observation.of(Set.of(NODE), Map.of()),
                Map.of(NODE, restored),
                PoolSummary.empty(),
                now);
        assertThat(step.decisions())
                .containsExactly(new FreezeDecision.Freeze(NODE, BEST_EFFORT, new Evidence.HigherTier(STANDARD)));
        assertThat(wanted(step).floor()).isEqualTo(10_000);
    }

    @Test
    void anOutageThatLastedOverTheRestartIsCountedAnew() {
        var pool = hot(0.75);
        pool.silentFor(Policies.OUTAGE_HOLD);
        pool.restart(AWAY);
        pool.silentFor(Policies.OUTAGE_HOLD);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        pool.silentFor(Duration.ofSeconds(5));
        assertThat(pool.frozen()).isEmpty();
    }

    private static PoolUnderTest hot(double ratio) {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofSeconds(15), ratio);
        assertThat(pool.frozen()).isNotEmpty();
        return pool;
    }
}
