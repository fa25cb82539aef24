package dev.waterline.decision.pressure;

import static dev.waterline.decision.pressure.Policies.BEST_EFFORT;
import static dev.waterline.decision.pressure.Policies.STANDARD;
import static dev.waterline.decision.pressure.PoolUnderTest.CPU;
import static dev.waterline.decision.pressure.PoolUnderTest.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.pressure.FreezeDecision.Freeze;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PanicTest {

    /** So slow an average that only panic can freeze within these tests. */
    private final PoolUnderTest pool =
            PoolUnderTest.with(Policies.smoothed(Policies.settlement(), Duration.ofMinutes(10)));

    @Test
    void twoConsecutiveRawReadingsFreezeEveryTierThatHasAWaterlineAtOnce() {
        pool.cpu(0.10);
        assertThat(pool.cpu(0.95).decisions()).isEmpty();
        var why = new Evidence.Panic(CPU, 0.96, 0.95);
        assertThat(pool.cpu(0.96).decisions())
                .containsExactly(new Freeze(NODE, STANDARD, why), new Freeze(NODE, BEST_EFFORT, why));
    }

    @Test
    void oneReadingIsNoPanic() {
        pool.cpu(0.10);
        for (int i = 0; i < 10; i++) {
            pool.cpu(1.0);
            pool.cpu(0.10);
        }
        assertThat(pool.decisions()).isEmpty();
    }

    @Test
    void twoReadingsAcrossAGapAreNoPanic() {
        pool.cpu(0.10);
        pool.cpu(0.96);
        pool.silentFor(Duration.ofSeconds(15));
        var step = pool.cpu(0.96);
        assertThat(step.decisions()).isEmpty();
        assertThat(pool.cpu(0.96).decisions()).hasSize(2);
    }

    @Test
    void theSameReadingTwiceIsNoPanic() {
        pool.cpu(0.10);
        pool.cpu(0.96);
        pool.edit(pool.policy());
        pool.edit(pool.policy());
        assertThat(pool.decisions()).isEmpty();
    }

    @Test
    void panicIsHotSoTheHoldCountsFromItsEnd() {
        pool.cpu(0.10);
        pool.cpuFor(Duration.ofSeconds(100), 0.96);
        var lastHot = pool.now();
        pool.cpuFor(Policies.MIN_HOLD.minusSeconds(5), 0.01);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT, STANDARD);
        pool.cpu(0.01);
        assertThat(pool.now()).isEqualTo(lastHot.plus(Policies.MIN_HOLD));
        assertThat(pool.frozen()).isEmpty();
    }
}
