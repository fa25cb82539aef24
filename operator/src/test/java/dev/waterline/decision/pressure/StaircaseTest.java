package dev.waterline.decision.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StaircaseTest {
    private static final String SEEDS = "dev.waterline.decision.pressure.Seeds#seeds";
    private static final long RETENTION = 60_000;

    private record Sample(long at, double value) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void fewSamplesAreRememberedForAnyLevelAsIfAllHadBeenKept(long seed) {
        var random = new Random(seed);
        var load = new RandomLoad(random);
        var samples = new ArrayList<>(List.of(new Sample(0, load.next())));
        var highs = Staircase.highs(samples.getFirst().value(), 0);
        var lows = Staircase.lows(samples.getFirst().value(), 0);
        for (int i = 0; i < 500; i++) {
            var next = new Sample(samples.getLast().at() + 2_000 + random.nextInt(8_000), load.next());
            samples.add(next);
            highs = highs.with(next.value(), next.at(), next.at() - RETENTION);
            lows = lows.with(next.value(), next.at(), next.at() - RETENTION);
            double level = random.nextBoolean()
                    ? random.nextDouble(1.5)
                    : samples.get(random.nextInt(i + 1)).value();
            assertThat(dwell(highs.since(level), next)).isEqualTo(dwell(below(samples, level), next));
            assertThat(dwell(lows.since(level), next)).isEqualTo(dwell(atOrAbove(samples, level), next));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void manySamplesTakeBoundedRoomAndErrToTheSafeSideByLessThanHalfAPoint(long seed) {
        var random = new Random(seed);
        var samples = new ArrayList<>(List.of(new Sample(0, 1.2)));
        var highs = Staircase.highs(1.2, 0);
        double value = 1.2;
        for (int i = 1; i <= 3600; i++) {
            value = Math.clamp(value - 0.0003 + random.nextGaussian() * 0.0002, 0, 1.5);
            var next = new Sample(i * 1000L, value);
            samples.add(next);
            highs = highs.with(value, next.at(), Long.MIN_VALUE);
        }
        assertThat(highs.size()).isLessThanOrEqualTo(Staircase.EXACT + (int) (1.5 / Staircase.GRID));
        for (int i = 0; i < 200; i++) {
            double level = random.nextDouble(1.3);
            assertThat(highs.since(level)).isBetween(below(samples, level), below(samples, level - Staircase.GRID));
        }
        for (int halfPoints = 0; halfPoints <= 260; halfPoints++) {
            double level = halfPoints / 200.0;
            assertThat(highs.since(level)).isEqualTo(below(samples, level));
        }
    }

    @Test
    void theLowsErrTowardsALaterFreeze() {
        var samples = new ArrayList<>(List.of(new Sample(0, 0.2)));
        var lows = Staircase.lows(0.2, 0);
        for (int i = 1; i <= 3600; i++) {
            var next = new Sample(i * 1000L, 0.2 + i * 0.0002);
            samples.add(next);
            lows = lows.with(next.value(), next.at(), Long.MIN_VALUE);
        }
        assertThat(lows.size()).isLessThan(Staircase.EXACT + 200);
        for (int i = 0; i < 900; i++) {
            double level = 0.001 * i;
            assertThat(lows.since(level))
                    .isBetween(atOrAbove(samples, level), atOrAbove(samples, level + Staircase.GRID));
        }
        assertThat(lows.since(0.70)).isEqualTo(atOrAbove(samples, 0.70));
    }

    @Test
    void aSteadyValueIsOneStepHoweverLongItIsSteady() {
        var highs = Staircase.highs(0.5, 0);
        for (int i = 1; i < 1000; i++) {
            highs = highs.with(0.5, i, Long.MIN_VALUE);
        }
        assertThat(highs.size()).isEqualTo(1);
        assertThat(highs.since(0.6)).isZero();
        assertThat(highs.since(0.5)).isEqualTo(Long.MAX_VALUE);
        assertThat(highs.lastAt(0.5)).isEqualTo(999);
        assertThat(highs.lastAt(0.6)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void aSampleFromBeforeTheNewestCountsAsOfTheSameTime() {
        var highs = Staircase.highs(0.5, 100).with(0.4, 50, 0);
        assertThat(highs.since(0.45)).isEqualTo(100);
        assertThat(highs.lastAt(0.5)).isEqualTo(100);
    }

    /** As far as anybody may ask: what lasts longer than the retention is as good as the retention. */
    private static long dwell(long since, Sample newest) {
        return since == Long.MAX_VALUE ? -1 : Math.min(RETENTION, newest.at() - since);
    }

    private static long below(List<Sample> samples, double level) {
        int first = samples.size();
        while (first > 0 && samples.get(first - 1).value() < level) {
            first--;
        }
        return first == samples.size() ? Long.MAX_VALUE : samples.get(first).at();
    }

    private static long atOrAbove(List<Sample> samples, double level) {
        int first = samples.size();
        while (first > 0 && samples.get(first - 1).value() >= level) {
            first--;
        }
        return first == samples.size() ? Long.MAX_VALUE : samples.get(first).at();
    }
}
