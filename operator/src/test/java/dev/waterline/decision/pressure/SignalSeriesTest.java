package dev.waterline.decision.pressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignalSeriesTest {
    private static final Instant T0 = Instant.parse("2026-03-02T22:00:00Z");
    private static final Signal RAW = new Signal("cpu", Duration.ZERO, 1.5);
    private static final Signal SMOOTH = new Signal("cpu", Duration.ofSeconds(20), 1.5);
    private static final Timing TIMING = Policies.TIMING;

    @Test
    void anEmptySeriesKnowsNothing() {
        var empty = SignalSeries.empty();
        assertThat(empty.isEmpty()).isTrue();
        assertThat(empty.last()).isNaN();
        assertThat(empty.lastRaw()).isNaN();
        assertThat(empty.isHot(0, Duration.ZERO, TIMING.maxGap())).isFalse();
        assertThat(empty.isCool(1, Duration.ZERO, empty.lastAt())).isFalse();
        assertThat(empty.isPanic(0)).isFalse();
        assertThat(empty.lastAtOrAbove(0)).isEqualTo(Instant.EPOCH);
    }

    @Test
    void theFirstSampleIsTakenAsItIsAndTheNextAreSmoothedOverTime() {
        var one = after(SignalSeries.empty(), 0, 0.4, SMOOTH);
        assertThat(one.last()).isEqualTo(0.4);
        var two = after(one, 10, 0.8, SMOOTH);
        assertThat(two.last()).isCloseTo(0.4 + 0.4 * (1 - Math.sqrt(0.5)), within(1e-12));
        assertThat(two.lastRaw()).isEqualTo(0.8);
    }

    @Test
    void aDwellIsReachedWithItsLastInstantAndNotBefore() {
        var series = after(after(after(SignalSeries.empty(), 0, 0.5), 5, 0.9), 10, 0.9);
        assertThat(series.isHot(0.9, Duration.ofSeconds(5), TIMING.maxGap())).isTrue();
        assertThat(series.isHot(0.9, Duration.ofMillis(5001), TIMING.maxGap())).isFalse();
        assertThat(series.isHot(0.5, Duration.ofSeconds(10), TIMING.maxGap())).isTrue();
        assertThat(series.isHot(0.91, Duration.ZERO, TIMING.maxGap())).isFalse();
    }

    @Test
    void oneSampleFulfilsADwellOfZero() {
        var series = after(SignalSeries.empty(), 0, 0.9);
        assertThat(series.isHot(0.9, Duration.ZERO, TIMING.maxGap())).isTrue();
        assertThat(series.isCool(0.9, Duration.ZERO, series.lastAt())).isFalse();
        assertThat(series.isCool(0.91, Duration.ZERO, series.lastAt())).isTrue();
    }

    @Test
    void aSampleThatIsNotNewerIsIgnored() {
        var series = after(after(SignalSeries.empty(), 0, 0.5), 5, 0.6);
        assertThat(after(series, 5, 0.9)).isSameAs(series);
        assertThat(after(series, 3, 0.9)).isSameAs(series);
    }

    @Test
    void aGapAsLongAsAllowedContinuesTheStretch() {
        var series = after(after(SignalSeries.empty(), 0, 0.9), 15, 0.9);
        assertThat(series.isHot(0.9, Duration.ofSeconds(15), TIMING.maxGap())).isTrue();
    }

    @Test
    void aLongerGapEndsAHotStretchAndAPanicButNotTheAverage() {
        var before = after(after(SignalSeries.empty(), 0, 0.99, SMOOTH), 5, 0.99, SMOOTH);
        assertThat(before.isPanic(0.95)).isTrue();
        var series = with(before, T0.plusMillis(25_000), 0.95, SMOOTH);
        assertThat(series.last()).isCloseTo(0.97, within(1e-12));
        assertThat(series.isHot(0.9, Duration.ofMillis(1), TIMING.maxGap())).isFalse();
        assertThat(series.isPanic(0.95)).isFalse();
    }

    @Test
    void aCoolStretchReachesAcrossAGapOrASourceThatAnswersNowAndThenWouldFreezeForEver() {
        var series = after(after(SignalSeries.empty(), 0, 0.3), 300, 0.3);
        assertThat(series.isCool(0.6, Duration.ofSeconds(60), series.lastAt())).isTrue();
        var hotBefore = after(after(SignalSeries.empty(), 0, 0.9), 300, 0.3);
        assertThat(hotBefore.isCool(0.6, Duration.ofSeconds(60), hotBefore.lastAt()))
                .isFalse();
    }

    @Test
    void oneSpikeAtTheBeginningIsNotHotUntilTheAverageIsMoreThanIt() {
        var series = after(SignalSeries.empty(), 0, 0.94, SMOOTH);
        for (int second = 5; second <= 120; second += 5) {
            series = after(series, second, 0.6, SMOOTH);
            assertThat(series.isHot(0.82, Duration.ofSeconds(10), TIMING.maxGap()))
                    .isFalse();
        }
    }

    @Test
    void aSourceWhoseClockIsSetBackBeginsAnew() {
        var series = after(after(SignalSeries.empty(), 3600, 0.9), 0, 0.3);
        assertThat(series.last()).isEqualTo(0.3);
        assertThat(series.lastAt()).isEqualTo(T0);
    }

    @Test
    void samplesAreKeptForTheLongerDwellAndOneMoreThatCoversItsBeginning() {
        var series = SignalSeries.empty();
        for (int second = 0; second <= 600; second += 7) {
            series = after(series, second, 0.5);
        }
        var last = Instant.ofEpochSecond(T0.getEpochSecond() + 595);
        assertThat(series.lastAt()).isEqualTo(last);
        assertThat(series.isCool(0.6, Duration.ofSeconds(60), series.lastAt())).isTrue();
        assertThat(series.isCool(0.6, Duration.ofSeconds(63), series.lastAt())).isTrue();
        assertThat(series.isCool(0.6, Duration.ofSeconds(64), series.lastAt())).isFalse();
    }

    @Test
    void panicIsTwoConsecutiveRawSamplesWhateverTheAverageSays() {
        var one = after(after(SignalSeries.empty(), 0, 0.1, SMOOTH), 5, 0.95, SMOOTH);
        assertThat(one.isPanic(0.95)).isFalse();
        var two = after(one, 10, 0.95, SMOOTH);
        assertThat(two.last()).isLessThan(0.5);
        assertThat(two.isPanic(0.95)).isTrue();
        assertThat(after(two, 15, 0.94, SMOOTH).isPanic(0.95)).isFalse();
    }

    @Test
    void theLastHotSampleIsFoundAmongThoseKept() {
        var series = after(after(after(SignalSeries.empty(), 0, 0.9), 5, 0.8), 10, 0.7);
        assertThat(series.lastAtOrAbove(0.8)).isEqualTo(T0.plusSeconds(5));
        assertThat(series.lastAtOrAbove(0.95)).isEqualTo(Instant.EPOCH);
    }

    @Test
    void anAbsentNodeGoesOnAtItsLastValueOnly() {
        var series = after(after(SignalSeries.empty(), 0, 0.9), 5, 0.5);
        assertThat(series.isCool(0.6, Duration.ofSeconds(60), T0.plusSeconds(65)))
                .isTrue();
        assertThat(series.isCool(0.6, Duration.ofSeconds(60), T0.plusSeconds(64)))
                .isFalse();
    }

    @Test
    void aRememberedReadingIsNoSample() {
        var remembered = SignalSeries.remembered(0.97, T0);
        assertThat(remembered.last()).isEqualTo(0.97);
        assertThat(remembered.lastRaw()).isNaN();
        var first = after(remembered, 5, 0.96, SMOOTH);
        assertThat(first.last()).isEqualTo(0.96);
        assertThat(first.isPanic(0.95)).isFalse();
        assertThat(first.isHot(0.9, Duration.ofMillis(1), TIMING.maxGap())).isFalse();
    }

    @Test
    void aRememberedReadingDoesNotOutrankASourceWhoseClockIsBehind() {
        var first = after(SignalSeries.remembered(0.97, T0), -30, 0.3);
        assertThat(first.last()).isEqualTo(0.3);
    }

    private static SignalSeries after(SignalSeries series, int second, double value) {
        return after(series, second, value, RAW);
    }

    private static SignalSeries after(SignalSeries series, int second, double value, Signal signal) {
        return with(series, T0.plusSeconds(second), value, signal);
    }

    private static SignalSeries with(SignalSeries series, Instant at, double value, Signal signal) {
        return series.with(value, at, signal, TIMING);
    }
}
