package dev.waterline.decision.relief;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvictionBudgetsTest {
    private static final Instant START = Instant.parse("2026-11-25T04:00:00Z");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void noMinuteOfAnyRandomDaySeesMoreThanTheBudget(long seed) {
        var random = new Random(seed);
        int perMinute = 1 + random.nextInt(5);
        var budget = MinuteBudget.full();
        var spent = new ArrayList<Instant>();
        var now = START;
        for (int i = 0; i < 5_000; i++) {
            now = now.plusMillis(random.nextInt(20_000));
            if (budget.allows(perMinute, now)) {
                budget = budget.spend(now);
                spent.add(now);
            }
        }
        for (int i = perMinute; i < spent.size(); i++) {
            assertThat(Duration.between(spent.get(i - perMinute), spent.get(i)))
                    .as("seed %d, eviction %d", seed, i)
                    .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
        }
        assertThat(budget.spent()).hasSizeLessThanOrEqualTo(perMinute);
    }

    @Test
    void aWorkloadWhosePodsKeepBeingEvictedRestsTwiceAsLongEachTimeAndNeverMoreThanAnHour() {
        var minutes = new ArrayList<Long>();
        var pause = WorkloadPause.first(START);
        var now = START;
        for (int i = 0; i < 9; i++) {
            minutes.add(Duration.between(now, pause.until()).toMinutes());
            now = pause.until();
            pause = pause.again(now);
        }
        assertThat(minutes).isEqualTo(List.of(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L));
    }

    @Test
    void aPodThatComesBackHotEveryFiveMinutesIsSoonEvictedOnceAnHour() {
        var ledger = EvictionLedger.begun(START);
        int evictions = 0;
        int inTheLastFourHours = 0;
        for (int minute = 5; minute <= 24 * 60; minute += 5) {
            var now = START.plus(Duration.ofMinutes(minute));
            if (ledger.workloadAllows("big", now)) {
                ledger = ledger.evicted("node-1", "big", now);
                evictions++;
                inTheLastFourHours += minute > 20 * 60 ? 1 : 0;
            }
        }
        assertThat(evictions).isLessThan(32);
        assertThat(inTheLastFourHours).isLessThanOrEqualTo(4);
    }

    @Test
    void anHourWithoutAnEvictionIsForgiven() {
        var ledger = EvictionLedger.begun(START).evicted("node-1", "w", START).evicted("node-1", "w", START);
        var later = START.plus(Duration.ofHours(2));

        assertThat(ledger.evicted("node-1", "w", later).workloadAllows("w", later.plusSeconds(60)))
                .isTrue();
    }

    @Test
    void aRefusalPausesTheWorkloadAndSpendsNothing() {
        var ledger = EvictionLedger.begun(START).refused("w", START);

        assertThat(ledger.workloadAllows("w", START.plusSeconds(59))).isFalse();
        assertThat(ledger.nodeAllows("node-1", 1, START)).isTrue();
        assertThat(ledger.cluster().spent()).isEmpty();
    }

    @Test
    void aLedgerForgetsWhatNoBudgetAsksFor() {
        var ledger = EvictionLedger.begun(START);
        for (int i = 0; i < 3_000; i++) {
            ledger = ledger.evicted("node-" + i, "w-" + i, START.plusSeconds(i * 60L));
        }
        assertThat(ledger.nodes()).hasSizeLessThan(70);
        assertThat(ledger.workloads()).hasSizeLessThan(70);
        assertThat(ledger.cluster().spent()).hasSize(1);
    }
}
