package dev.waterline.decision.pressure;

import static dev.waterline.decision.pressure.Policies.BEST_EFFORT;
import static dev.waterline.decision.pressure.Policies.CRITICAL;
import static dev.waterline.decision.pressure.Policies.MIN_HOLD;
import static dev.waterline.decision.pressure.Policies.STANDARD;
import static dev.waterline.decision.pressure.Policies.cpu;
import static dev.waterline.decision.pressure.PoolUnderTest.CPU;
import static dev.waterline.decision.pressure.PoolUnderTest.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.pressure.FreezeDecision.Freeze;
import dev.waterline.decision.pressure.FreezeDecision.Thaw;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the engine does as windows and the shift change the ladder from one pass to the next. */
class WindowStepTest {
    private static final PressurePolicy BASE = Policies.settlement();

    @Test
    void aWindowFreezesInThePassInWhichItTakesEffect() {
        var ladder = ladder(STANDARD, cpu(0.60, 0.52));
        var pool = PoolUnderTest.with(with(ladder.at(Set.of(), Shift.NONE)));
        pool.cpuFor(Duration.ofMinutes(5), 0.66);
        assertThat(pool.frozen()).isEmpty();

        var step = pool.edit(with(ladder.at(Set.of("t0"), Shift.NONE)));

        assertThat(pool.frozen()).containsExactlyInAnyOrder(BEST_EFFORT, STANDARD);
        var threshold = new Threshold(CPU, 0.60, 0.52, STANDARD, new Origin.Window("t0"));
        assertThat(step.decisions())
                .contains(new Freeze(NODE, STANDARD, new Evidence.Hot(threshold, 0.66, Policies.FREEZE_AFTER)));
    }

    @Test
    void afterAWindowANodeThawsNoSoonerThanAnyOther() {
        var ladder = ladder(STANDARD, cpu(0.60, 0.52));
        var pool = PoolUnderTest.with(with(ladder.at(Set.of("t0"), Shift.NONE)));
        pool.cpuFor(Duration.ofMinutes(5), 0.61);

        pool.edit(with(ladder.at(Set.of(), Shift.NONE)));
        assertThat(pool.frozen()).containsExactlyInAnyOrder(BEST_EFFORT, STANDARD);
        pool.cpuFor(MIN_HOLD.minusSeconds(5), 0.61);
        assertThat(pool.frozen()).containsExactlyInAnyOrder(BEST_EFFORT, STANDARD);
        pool.cpuFor(Duration.ofSeconds(10), 0.61);
        assertThat(pool.frozen()).isEmpty();
    }

    @Test
    void aTierThatOnlyAWindowFreezesIsFreeOnceTheWindowIsOver() {
        var ladder = ladder(CRITICAL, cpu(0.60, 0.52));
        var pool = PoolUnderTest.with(with(ladder.at(Set.of("t0"), Shift.NONE)));
        pool.cpuFor(Duration.ofSeconds(30), 0.75);
        assertThat(pool.frozen()).contains(CRITICAL);

        var step = pool.edit(with(ladder.at(Set.of(), Shift.NONE)));

        assertThat(step.decisions()).containsExactly(new Thaw(NODE, CRITICAL, new Evidence.NoWaterline()));
        assertThat(step.contributions().get(NODE)).isNotNull();
    }

    @Test
    void aShiftMovesWhatFreezesAndLeavesPanicWhereItIs() {
        var ladder = ladder(STANDARD, cpu(0.60, 0.52));
        var pool = PoolUnderTest.with(with(ladder.at(Set.of(), new Shift(-10))));

        pool.cpuFor(Duration.ofMinutes(1), 0.65);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        pool.cpu(0.94);
        pool.cpu(0.94);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
    }

    private static EffectiveLadder ladder(String tier, Waterline replacement) {
        return new EffectiveLadder(
                BASE.ladder().tiers(), List.of(new WindowOverride("t0", Map.of(tier, List.of(replacement)))));
    }

    private static PressurePolicy with(Ladder ladder) {
        return new PressurePolicy(
                BASE.signals(), ladder, BASE.timing(), BASE.outage(), BASE.limits(), BASE.protecting());
    }
}
