package dev.waterline.decision.pressure;

import static dev.waterline.decision.pressure.Policies.BEST_EFFORT;
import static dev.waterline.decision.pressure.Policies.CRITICAL;
import static dev.waterline.decision.pressure.Policies.STANDARD;
import static dev.waterline.decision.pressure.Policies.cpu;
import static dev.waterline.decision.pressure.Policies.memory;
import static dev.waterline.decision.pressure.Policies.tier;
import static dev.waterline.decision.pressure.PoolUnderTest.CPU;
import static dev.waterline.decision.pressure.PoolUnderTest.NODE;
import static dev.waterline.decision.pressure.PoolUnderTest.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waterline.decision.pressure.FreezeDecision.Freeze;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FreezeTest {

    @Test
    void aHotNodeFreezesAfterTheDwellAndNotBefore() {
        var pool = PoolUnderTest.with(Policies.settlement());
        assertThat(pool.cpu(0.75).decisions()).isEmpty();
        assertThat(pool.cpu(0.75).decisions()).isEmpty();
        var step = pool.cpu(0.75);
        var threshold = new Threshold(CPU, 0.70, 0.62, BEST_EFFORT);
        assertThat(step.decisions())
                .containsExactly(
                        new Freeze(NODE, BEST_EFFORT, new Evidence.Hot(threshold, 0.75, Policies.FREEZE_AFTER)));
        var wanted = wanted(step);
        assertThat(wanted.floor()).isEqualTo(1000);
        assertThat(wanted.tier()).isEqualTo(BEST_EFFORT);
        assertThat(wanted.tiers()).containsExactly(BEST_EFFORT);
        assertThat(wanted.readings()).containsExactly(Map.entry(CPU, 0.75));
        assertThat(wanted.frozen())
                .hasEntrySatisfying(
                        BEST_EFFORT, frozen -> assertThat(frozen.since()).isEqualTo(pool.now()));
    }

    @Test
    void exactlyAtTheThresholdIsHot() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofSeconds(15), 0.70);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
    }

    @Test
    void justBelowTheThresholdIsNot() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofMinutes(5), Math.nextDown(0.70));
        assertThat(pool.decisions()).isEmpty();
    }

    @Test
    void aDipBelowTheThresholdBeginsTheDwellAnew() {
        var pool = PoolUnderTest.with(Policies.settlement());
        for (int i = 0; i < 20; i++) {
            pool.cpuFor(Duration.ofSeconds(10), 0.75);
            pool.cpu(0.69);
        }
        assertThat(pool.decisions()).isEmpty();
    }

    @Test
    void eachTierFreezesAtItsOwnThreshold() {
        var pool = PoolUnderTest.with(Policies.settlement());
        var step = pool.cpuFor(Duration.ofSeconds(15), 0.85);
        assertThat(step.decisions()).extracting(FreezeDecision::tier).containsExactly(STANDARD, BEST_EFFORT);
        assertThat(wanted(step).floor()).isEqualTo(10_000);
        assertThat(wanted(step).tiers()).containsExactly(BEST_EFFORT, STANDARD);
    }

    @Test
    void aProtectedTierNeverFreezes() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofMinutes(10), 1.5);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT, STANDARD);
        assertThat(pool.decisions()).extracting(FreezeDecision::tier).doesNotContain(CRITICAL);
    }

    @Test
    void theLastTierMayFreezeTooAndThenNoUserPodMayLand() {
        var pool = PoolUnderTest.with(Policies.of(tier("low", 0, cpu(0.7, 0.6)), tier("top", 1000, cpu(0.8, 0.7))));
        var step = pool.cpuFor(Duration.ofSeconds(15), 0.9);
        assertThat(wanted(step).floor()).isEqualTo(1_000_000_001);
    }

    @Test
    void anySignalFreezes() {
        var policy = Policies.withCpuAndMemory(tier("low", 0, cpu(0.7, 0.6), memory(0.8, 0.7)), tier("top", 1000));
        var pool = PoolUnderTest.with(policy);
        for (int i = 0; i < 3; i++) {
            pool.pass(Map.of(
                    CPU, pool.answer(CPU, Map.of(NODE, 0.1)), "memory", pool.answer("memory", Map.of(NODE, 0.85))));
        }
        var threshold = new Threshold("memory", 0.8, 0.7, "low");
        assertThat(pool.decisions())
                .containsExactly(new Freeze(NODE, "low", new Evidence.Hot(threshold, 0.85, Policies.FREEZE_AFTER)));
    }

    @Test
    void everySignalThatIsHotIsAReason() {
        var policy = Policies.withCpuAndMemory(tier("low", 0, cpu(0.7, 0.6), memory(0.8, 0.7)), tier("top", 1000));
        var pool = PoolUnderTest.with(policy);
        for (int i = 0; i < 3; i++) {
            pool.pass(Map.of(
                    CPU, pool.answer(CPU, Map.of(NODE, 0.75)), "memory", pool.answer("memory", Map.of(NODE, 0.85))));
        }
        assertThat(pool.decisions())
                .containsExactly(new Freeze(
                        NODE,
                        "low",
                        new Evidence.Several(List.of(
                                new Evidence.Hot(new Threshold(CPU, 0.7, 0.6, "low"), 0.75, Policies.FREEZE_AFTER),
                                new Evidence.Hot(
                                        new Threshold("memory", 0.8, 0.7, "low"), 0.85, Policies.FREEZE_AFTER)))));
    }

    @Test
    void aSignalWithoutAWaterlineFreezesNothing() {
        var pool = PoolUnderTest.with(Policies.withCpuAndMemory(tier("low", 0, cpu(0.7, 0.6)), tier("top", 1000)));
        for (int i = 0; i < 10; i++) {
            pool.pass(Map.of(
                    CPU, pool.answer(CPU, Map.of(NODE, 0.1)), "memory", pool.answer("memory", Map.of(NODE, 1.0))));
        }
        assertThat(pool.decisions()).isEmpty();
    }

    @Test
    void theSmoothedReadingFreezesAndNotTheRawOne() {
        var pool = PoolUnderTest.with(Policies.smoothed(Policies.settlement(), Duration.ofSeconds(20)));
        pool.cpu(0.40);
        pool.cpuFor(Duration.ofSeconds(20), 0.80);
        assertThat(pool.state().seriesOf(CPU).last()).isCloseTo(0.6, within(1e-12));
        pool.cpuFor(Duration.ofSeconds(20), 0.80);
        assertThat(pool.state().seriesOf(CPU).last()).isCloseTo(0.7, within(1e-12));
        assertThat(pool.decisions()).isEmpty();
        pool.cpuFor(Duration.ofSeconds(15), 0.80);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
    }

    @Test
    void twoHotSamplesWithAGapBetweenAreNoStretch() {
        var pool = PoolUnderTest.with(Policies.settlement());
        for (int i = 0; i < 10; i++) {
            pool.cpuFor(Duration.ofSeconds(10), 0.75);
            pool.idle(Duration.ofSeconds(11));
        }
        assertThat(pool.decisions()).isEmpty();
    }

    @Test
    void oneFailedQueryInBetweenDoesNotBreakAStretch() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpu(0.75);
        pool.silentFor(Duration.ofSeconds(5));
        assertThat(pool.decisions()).isEmpty();
        pool.cpu(0.75);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
    }

    @Test
    void withoutAFreshReadingNothingFreezes() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofSeconds(10), 0.90);
        pool.absentFor(Duration.ofMinutes(5));
        pool.silentFor(Duration.ofMinutes(5));
        assertThat(pool.decisions()).isEmpty();
    }

    @Test
    void aDwellOfZeroFreezesWithTheFirstHotSample() {
        var timing = new Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0.95, Duration.ofSeconds(15));
        var pool = PoolUnderTest.with(Policies.with(Policies.settlement(), timing));
        pool.cpu(0.70);
        assertThat(pool.frozen()).isEqualTo(List.of(BEST_EFFORT));
        pool.cpu(0.61);
        assertThat(pool.frozen()).isEmpty();
    }
}
