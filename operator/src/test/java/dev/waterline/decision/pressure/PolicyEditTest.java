package dev.waterline.decision.pressure;

import static dev.waterline.decision.pressure.Policies.BEST_EFFORT;
import static dev.waterline.decision.pressure.Policies.CRITICAL;
import static dev.waterline.decision.pressure.Policies.MIN_HOLD;
import static dev.waterline.decision.pressure.Policies.STANDARD;
import static dev.waterline.decision.pressure.Policies.cpu;
import static dev.waterline.decision.pressure.Policies.memory;
import static dev.waterline.decision.pressure.Policies.tier;
import static dev.waterline.decision.pressure.PoolUnderTest.CPU;
import static dev.waterline.decision.pressure.PoolUnderTest.NODE;
import static dev.waterline.decision.pressure.PoolUnderTest.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.pressure.FreezeDecision.Freeze;
import dev.waterline.decision.pressure.FreezeDecision.Thaw;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Dwell belongs to samples and not to configuration: an edit acts on the samples at hand, in the pass that sees it. */
class PolicyEditTest {

    @Test
    void aLoweredThresholdFreezesAtOnceANodeThatHasBeenAboveItForTheDwell() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofMinutes(5), 0.66);
        var step = pool.edit(Policies.of(tier(BEST_EFFORT, 0, cpu(0.60, 0.50)), tier(STANDARD, 1000)));
        var threshold = new Threshold(CPU, 0.60, 0.50, BEST_EFFORT);
        assertThat(step.decisions())
                .containsExactly(
                        new Freeze(NODE, BEST_EFFORT, new Evidence.Hot(threshold, 0.66, Policies.FREEZE_AFTER)));
    }

    @Test
    void aRaisedThresholdThawsAtOnceANodeThatIsCoolByItOnceTheHoldIsOver() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofSeconds(15), 0.75);
        pool.cpuFor(MIN_HOLD.plusSeconds(60), 0.66);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        pool.edit(Policies.of(tier(BEST_EFFORT, 0, cpu(0.80, 0.70)), tier(STANDARD, 1000)));
        assertThat(pool.frozen()).isEmpty();
    }

    @Test
    void aShorterDwellFreezesAtOnce() {
        var timing = new Timing(Duration.ofMinutes(2), Policies.THAW_AFTER, MIN_HOLD, 0.95, Policies.TIMING.maxGap());
        var pool = PoolUnderTest.with(Policies.with(Policies.settlement(), timing));
        pool.cpuFor(Duration.ofSeconds(100), 0.75);
        assertThat(pool.frozen()).isEmpty();
        pool.edit(Policies.settlement());
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
    }

    @Test
    void aLongerDwellCountsFromWhenTheNodeBecameCool() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofSeconds(15), 0.75);
        var lastHot = pool.now();
        pool.cpuFor(MIN_HOLD.minusSeconds(5), 0.50);
        var timing =
                new Timing(Policies.FREEZE_AFTER, Duration.ofMinutes(10), MIN_HOLD, 0.95, Policies.TIMING.maxGap());
        pool.edit(Policies.with(Policies.settlement(), timing));
        while (pool.now().isBefore(lastHot.plus(Duration.ofMinutes(10)))) {
            pool.cpu(0.50);
            assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        }
        pool.cpu(0.50);
        assertThat(pool.frozen()).isEmpty();
    }

    @Test
    void theEditIsSeenByAFrozenNodesHoldToo() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofSeconds(15), 0.75);
        pool.cpuFor(Duration.ofSeconds(100), 0.50);
        var timing = new Timing(
                Policies.FREEZE_AFTER, Policies.THAW_AFTER, Duration.ofSeconds(90), 0.95, Policies.TIMING.maxGap());
        pool.edit(Policies.with(Policies.settlement(), timing));
        assertThat(pool.frozen()).isEmpty();
    }

    @Test
    void anEditThatChangesNothingDecidesNothing() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofSeconds(15), 0.75);
        var before = pool.state().frozen();
        assertThat(pool.edit(Policies.settlement()).decisions()).isEmpty();
        assertThat(pool.state().frozen()).isEqualTo(before);
    }

    @Test
    void aRemovedTierThaws() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofSeconds(15), 0.90);
        var step = pool.edit(Policies.of(tier(BEST_EFFORT, 0, cpu(0.70, 0.62)), tier(CRITICAL, 10_000)));
        assertThat(step.decisions()).containsExactly(new Thaw(NODE, STANDARD, new Evidence.NoWaterline()));
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        assertThat(wanted(step).floor()).isEqualTo(10_000);
    }

    @Test
    void aRenamedTierThawsUnderItsOldNameAndFreezesUnderTheNewOneIfTheNodeIsHot() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofSeconds(15), 0.75);
        var step = pool.edit(Policies.of(tier("batch", 0, cpu(0.70, 0.62)), tier(STANDARD, 1000)));
        assertThat(step.decisions()).extracting(FreezeDecision::tier).containsExactly("batch", BEST_EFFORT);
        assertThat(pool.frozen()).containsExactly("batch");
        assertThat(wanted(step).floor()).isEqualTo(1000);
    }

    @Test
    void aTierThatBecomesProtectedThaws() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofSeconds(15), 0.90);
        var step = pool.edit(Policies.of(tier(BEST_EFFORT, 0, cpu(0.70, 0.62)), tier(STANDARD, 1000)));
        assertThat(step.decisions()).containsExactly(new Thaw(NODE, STANDARD, new Evidence.NoWaterline()));
        assertThat(wanted(step).floor()).isEqualTo(1000);
    }

    @Test
    void aNewTierBelowAFrozenOneFreezesWithIt() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofSeconds(15), 0.75);
        var step = pool.edit(
                Policies.of(tier("scratch", 0), tier(BEST_EFFORT, 10, cpu(0.70, 0.62)), tier(STANDARD, 1000)));
        assertThat(pool.frozen()).containsExactly("scratch", BEST_EFFORT);
        assertThat(wanted(step).floor()).isEqualTo(1000);
    }

    @Test
    void aTierBelowAFrozenOneThatIsOnlyInItsBandFreezesBecauseOfTheTierAbove() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofSeconds(15), 0.75);
        pool.cpuFor(Duration.ofMinutes(2), 0.65);
        var step = pool.edit(
                Policies.of(tier("scratch", 0), tier(BEST_EFFORT, 10, cpu(0.70, 0.62)), tier(STANDARD, 1000)));
        assertThat(step.decisions()).containsExactly(new Freeze(NODE, "scratch", new Evidence.HigherTier(BEST_EFFORT)));
    }

    @Test
    void aTierWhoseOwnHoldIsOverWaitsForTheFrozenTierThatWasPutAboveIt() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofSeconds(15), 0.90);
        pool.cpuFor(Duration.ofMinutes(4), 0.72);
        pool.cpuFor(Duration.ofSeconds(55), 0.50);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT, STANDARD);
        pool.edit(Policies.of(
                tier(STANDARD, 0, cpu(0.76, 0.62)), tier(BEST_EFFORT, 1000, cpu(0.82, 0.75)), tier(CRITICAL, 10_000)));
        pool.cpuFor(Duration.ofMinutes(4), 0.50);
        assertThat(pool.frozen()).containsExactly(STANDARD, BEST_EFFORT);
        pool.cpu(0.50);
        assertThat(pool.frozen()).isEmpty();
    }

    @Test
    void theFloorFollowsAnEditedMinimum() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofSeconds(15), 0.75);
        var step = pool.edit(Policies.of(tier(BEST_EFFORT, 0, cpu(0.70, 0.62)), tier(STANDARD, 500)));
        assertThat(step.decisions()).isEmpty();
        assertThat(wanted(step).floor()).isEqualTo(500);
    }

    @Test
    void aNewSignalThatHasNotBeenAskedYetHoldsAndDoesNotFreeze() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofSeconds(15), 0.75);
        pool.cpuFor(Duration.ofMinutes(10), 0.65);
        pool.edit(Policies.withCpuAndMemory(
                tier(BEST_EFFORT, 0, cpu(0.80, 0.70), memory(0.8, 0.7)), tier(STANDARD, 1000)));
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
    }

    @Test
    void aForgottenSignalStartsWithNothingAndTheFrozenTierStays() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofSeconds(15), 0.75);
        var state = pool.state().forgetting(Set.of(CPU));
        assertThat(state.readings()).isEmpty();
        assertThat(state.frozen()).containsOnlyKeys(BEST_EFFORT);
        assertThat(pool.state().readings()).isEqualTo(Map.of(CPU, 0.75));
    }
}
