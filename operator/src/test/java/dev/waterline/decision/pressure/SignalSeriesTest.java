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
        assertThat(empty.isHot(0, Duration.ZERO)).isFalse();
        assertThat(empty.isCool(1, Duration.ZERO, empty.lastAt())).isFalse();
        assertThat(empty.isPanic(0)).isFalse();
        assertThat(empty.lastAtOrAbove(0)).isZero();
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
        assertThat(series.isHot(0.9, Duration.ofSeconds(5))).isTrue();
        assertThat(series.isHot(0.9, Duration.ofMillis(5001))).isFalse();
        assertThat(series.isHot(0.5, Duration.ofSeconds(10))).isTrue();
        assertThat(series.isHot(0.91, Duration.ZERO)).isFalse();
    }

    @Test
    void oneSampleFulfilsADwellOfZero() {
        var series = after(SignalSeries.empty(), 0, 0.9);
        assertThat(series.isHot(0.9, Duration.ZERO)).isTrue();
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
        assertThat(series.isHot(0.9, Duration.ofSeconds(15))).isTrue();
    }

    @Test
    void aLongerGapEndsAHotStretchAndAPanicButNotTheAverage() {
        var before = after(after(SignalSeries.empty(), 0, 0.99, SMOOTH), 5, 0.99, SMOOTH);
        assertThat(before.isPanic(0.95)).isTrue();
        var series = with(before, T0.plusMillis(25_000), 0.95, SMOOTH);
        assertThat(series.last()).isCloseTo(0.97, within(1e-12));
        assertThat(series.isHot(0.9, Duration.ofMillis(1))).isFalse();
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
            assertThat(series.isHot(0.82, Duration.ofSeconds(10))).isFalse();
        }
    }

    @Test
    void aSourceWhoseClockIsSetBackBeginsAnew() {
        var series = after(after(SignalSeries.empty(), 3600, 0.9), 0, 0.3);
        assertThat(series.last()).isEqualTo(0.3);
        assertThat(series.lastAt()).isEqualTo(T0);
    }

    @Test
    void aStretchThatBeganBeforeTheRetentionIsStillKnown() {
        var series = after(SignalSeries.empty(), 0, 0.9);
        for (int second = 5; second <= 600; second += 5) {
            series = after(series, second, 0.5);
        }
        assertThat(series.isCool(0.6, Duration.ofSeconds(595), series.lastAt())).isTrue();
        assertThat(series.isCool(0.6, Duration.ofSeconds(596), series.lastAt())).isFalse();
        assertThat(series.lastAtOrAbove(0.6)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void reservedGrowthIsHotAndNotCoolButNeitherMeasuredHotNorPanic() {
        var series = SignalSeries.empty();
        for (int second = 0; second <= 60; second += 5) {
            series = crowded(series, second, 0.65, 0.20);
        }
        assertThat(series.last()).isEqualTo(0.65);
        assertThat(series.lastWithReserved()).isCloseTo(0.85, within(1e-12));
        assertThat(series.isHotWithReserved(0.82, Duration.ofSeconds(60))).isTrue();
        assertThat(series.isHot(0.66, Duration.ZERO)).isFalse();
        assertThat(series.isHot(0.65, Duration.ofSeconds(60))).isTrue();
        assertThat(series.isCool(0.75, Duration.ZERO, series.lastAt())).isFalse();
        assertThat(series.isPanic(0.80)).isFalse();
    }

    @Test
    void onceNothingIsReservedAnyMoreItCountsForADwellAndIsForgotten() {
        var series = after(crowded(SignalSeries.empty(), 0, 0.5, 0.4), 5, 0.5);
        assertThat(series.isCool(0.6, Duration.ZERO, series.lastAt())).isTrue();
        assertThat(series.isCool(0.6, Duration.ofMillis(1), series.lastAt())).isFalse();
        var measured = after(SignalSeries.empty(), 0, 0.5);
        for (int second = 5; second <= 120; second += 5) {
            series = after(series, second, 0.5);
            measured = after(measured, second, 0.5);
        }
        assertThat(series.isHotWithReserved(0.5, Duration.ofSeconds(60))).isTrue();
        assertThat(series.isCool(0.6, Duration.ofSeconds(115), series.lastAt())).isTrue();
    }

    @Test
    void whatIsReservedOnAnAbsentNodeMovesItsLastValue() {
        var smoothing = new Smoothing(RAW, TIMING);
        var series = after(SignalSeries.empty(), 0, 0.5);
        var crowded = series.goingOn(0.3, T0.plusSeconds(30).toEpochMilli(), smoothing);
        assertThat(crowded.last()).isEqualTo(0.5);
        assertThat(crowded.isCool(0.6, Duration.ZERO, T0.plusSeconds(90))).isFalse();
        var empty = crowded.goingOn(0, T0.plusSeconds(90).toEpochMilli(), smoothing);
        assertThat(empty.isCool(0.6, Duration.ofSeconds(60), T0.plusSeconds(150)))
                .isTrue();
        assertThat(empty.isCool(0.6, Duration.ofSeconds(61), T0.plusSeconds(150)))
                .isFalse();
        assertThat(series.goingOn(0, T0.plusSeconds(30).toEpochMilli(), smoothing))
                .isSameAs(series);
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
        assertThat(series.lastAtOrAbove(0.8)).isEqualTo(T0.plusSeconds(5).toEpochMilli());
        assertThat(series.lastAtOrAbove(0.95)).isEqualTo(Long.MIN_VALUE);
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
        assertThat(first.isHot(0.9, Duration.ofMillis(1))).isFalse();
    }

    @Test
    void aRememberedReadingDoesNotOutrankASourceWhoseClockIsBehind() {
        var first = after(SignalSeries.remembered(0.97, T0), -30, 0.3);
        assertThat(first.last()).isEqualTo(0.3);
    }

    private static SignalSeries after(SignalSeries series, int second, double value) {
        return after(series, second, value, RAW);
    }

    private static SignalSeries crowded(SignalSeries series, int second, double value, double reserved) {
        return series.with(value, T0.plusSeconds(second).toEpochMilli(), reserved, new Smoothing(RAW, TIMING));
    }

    private static SignalSeries after(SignalSeries series, int second, double value, Signal signal) {
        return with(series, T0.plusSeconds(second), value, signal);
    }

    private static SignalSeries with(SignalSeries series, Instant at, double value, Signal signal) {
        return series.with(value, at.toEpochMilli(), 0, new Smoothing(signal, TIMING));
    }
}
