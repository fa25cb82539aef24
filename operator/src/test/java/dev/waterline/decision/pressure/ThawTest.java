package dev.waterline.decision.pressure;

import static dev.waterline.decision.pressure.Policies.BEST_EFFORT;
import static dev.waterline.decision.pressure.Policies.MIN_HOLD;
import static dev.waterline.decision.pressure.Policies.STANDARD;
import static dev.waterline.decision.pressure.Policies.THAW_AFTER;
import static dev.waterline.decision.pressure.Policies.cpu;
import static dev.waterline.decision.pressure.Policies.memory;
import static dev.waterline.decision.pressure.Policies.tier;
import static dev.waterline.decision.pressure.PoolUnderTest.CPU;
import static dev.waterline.decision.pressure.PoolUnderTest.NODE;
import static dev.waterline.decision.pressure.PoolUnderTest.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.pressure.FreezeDecision.Thaw;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ThawTest {

    @Test
    void aCoolNodeThawsWhenTheHoldSinceItWasLastHotIsOver() {
        var pool = hot(0.75);
        var lastHot = pool.now();
        pool.cpuFor(MIN_HOLD.minusSeconds(5), 0.50);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        var step = pool.cpu(0.50);
        assertThat(pool.now()).isEqualTo(lastHot.plus(MIN_HOLD));
        var threshold = new Threshold(CPU, 0.70, 0.62, BEST_EFFORT);
        assertThat(step.decisions())
                .containsExactly(new Thaw(NODE, BEST_EFFORT, new Evidence.Cooled(threshold, 0.50, THAW_AFTER)));
        assertThat(step.contributions()).isEmpty();
    }

    @Test
    void eachRoundThatLooksAtACoolNodeDoesNotHoldItLonger() {
        var pool = hot(0.75);
        for (int i = 0; i < 3000; i++) {
            pool.edit(pool.policy());
        }
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        pool.cpuFor(THAW_AFTER.plusSeconds(5), 0.50);
        assertThat(pool.frozen()).isEmpty();
    }

    @Test
    void whenTheHoldIsOverTheNodeMustStillHaveBeenCoolForTheDwell() {
        var pool = hot(0.75);
        pool.cpuFor(MIN_HOLD.plusSeconds(60), 0.65);
        pool.cpuFor(THAW_AFTER, 0.61);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        pool.cpu(0.61);
        assertThat(pool.frozen()).isEmpty();
    }

    @Test
    void exactlyAtThawBelowIsNotBelow() {
        var pool = hot(0.75);
        pool.cpuFor(Duration.ofHours(1), 0.62);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
    }

    @Test
    void aBumpIntoTheBandBeginsTheCoolDwellAnewButNotTheHold() {
        var pool = hot(0.75);
        var lastHot = pool.now();
        pool.cpuFor(MIN_HOLD.minusSeconds(30), 0.50);
        pool.cpu(0.65);
        pool.cpuFor(THAW_AFTER, 0.50);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        pool.cpu(0.50);
        assertThat(pool.frozen()).isEmpty();
        assertThat(pool.now()).isEqualTo(lastHot.plus(MIN_HOLD).plusSeconds(40));
    }

    @Test
    void oneHotSampleBeginsTheHoldAnew() {
        var pool = hot(0.75);
        pool.cpuFor(MIN_HOLD.minusSeconds(5), 0.50);
        pool.cpu(0.70);
        pool.cpuFor(MIN_HOLD.minusSeconds(5), 0.50);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        pool.cpu(0.50);
        assertThat(pool.frozen()).isEmpty();
    }

    @Test
    void tiersThawFromTheTopEachByItsOwnThreshold() {
        var pool = hot(0.90);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT, STANDARD);
        var step = pool.cpuFor(MIN_HOLD, 0.72);
        assertThat(wanted(step).floor()).isEqualTo(1000);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        pool.cpuFor(MIN_HOLD.minusSeconds(5), 0.50);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        pool.cpu(0.50);
        assertThat(pool.frozen()).isEmpty();
    }

    @Test
    void everySignalMustHaveCooled() {
        var policy = Policies.withCpuAndMemory(tier("low", 0, cpu(0.7, 0.6), memory(0.8, 0.7)), tier("top", 1000));
        var pool = PoolUnderTest.with(policy);
        for (int i = 0; i < 3; i++) {
            both(pool, 0.9, 0.75);
        }
        assertThat(pool.frozen()).containsExactly("low");
        for (int i = 0; i < 200; i++) {
            both(pool, 0.1, 0.75);
        }
        assertThat(pool.frozen()).containsExactly("low");
        for (int i = 0; i < 12; i++) {
            both(pool, 0.1, 0.69);
        }
        assertThat(pool.frozen()).containsExactly("low");
        both(pool, 0.1, 0.69);
        assertThat(pool.frozen()).isEmpty();
    }

    @Test
    void aNodeThatLeavesThePoolIsForgotten() {
        var pool = hot(0.75);
        var step = PressureStep.evaluate(
                pool.policy(),
                Observation.of(Set.of("another"), Map.of(CPU, pool.answer(CPU, Map.of(NODE, 0.9, "another", 0.1)))),
                Map.of(NODE, pool.state()),
                PoolSummary.empty(),
                pool.now().plusSeconds(5));
        assertThat(step.nodes()).containsOnlyKeys("another");
        assertThat(step.contributions()).isEmpty();
    }

    private static void both(PoolUnderTest pool, double cpu, double memory) {
        pool.pass(Map.of(
                CPU, pool.answer(CPU, Map.of(NODE, cpu)), "memory", pool.answer("memory", Map.of(NODE, memory))));
    }

    private static PoolUnderTest hot(double ratio) {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofSeconds(15), ratio);
        assertThat(pool.frozen()).isNotEmpty();
        return pool;
    }
}
