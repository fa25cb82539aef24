package dev.waterline.decision.pressure;

import static dev.waterline.decision.pressure.Policies.BEST_EFFORT;
import static dev.waterline.decision.pressure.PoolUnderTest.CPU;
import static dev.waterline.decision.pressure.PoolUnderTest.NODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waterline.decision.pressure.FreezeDecision.Freeze;
import dev.waterline.decision.pressure.ReservedGrowth.Amount;
import dev.waterline.decision.pressure.ReservedGrowth.BoundPod;
import dev.waterline.decision.pressure.Signal.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReservedGrowthTest {
    private static final Instant NOW = Instant.parse("2026-03-02T22:00:00Z");
    private static final long GIB = 1L << 30;
    private static final Map<String, Amount> NODES = Map.of(NODE, new Amount(4000, 16 * GIB));

    @ParameterizedTest(name = "request {0}m, limit {1}m: {2}m")
    @CsvSource({"1000,,850", "1000,2000,850", "1000,800,800", "0,,250", "0,100,100", "1,,0.85"})
    void aPodCountsWithMostOfItsRequestAndNeverMoreThanItsLimit(long request, Long limit, double counted) {
        var pod = new BoundPod(NODE, NOW, new Amount(request, 0), Optional.ofNullable(limit));
        assertThat(reserved(Resource.CPU, pod)).isCloseTo(counted / 4000, within(1e-12));
    }

    @ParameterizedTest(name = "request {0} MiB: {1} MiB")
    @CsvSource({"1024,870.4", "0,200"})
    void memoryCountsLikewise(long request, double counted) {
        var pod = new BoundPod(NODE, NOW, new Amount(0, request << 20), Optional.empty());
        assertThat(reserved(Resource.MEMORY, pod)).isCloseTo(counted / (16 * 1024), within(1e-12));
    }

    @ParameterizedTest(name = "bound {0} s ago: {1}")
    @CsvSource({"-5,true", "0,true", "59,true", "60,false", "3600,false"})
    void aPodCountsForTheLagOfTheSignal(int secondsAgo, boolean counts) {
        var pod = new BoundPod(NODE, NOW.minusSeconds(secondsAgo), new Amount(1000, 0), Optional.empty());
        assertThat(reserved(Resource.CPU, pod) > 0).isEqualTo(counts);
    }

    @Test
    void podsAddUpByNodeAndANodeThatDoesNotSayWhatItHasReservesNothing() {
        var one = new BoundPod(NODE, NOW, new Amount(1000, 0), Optional.empty());
        var elsewhere = new BoundPod("elsewhere", NOW, new Amount(1000, 0), Optional.empty());
        var ratios = ReservedGrowth.ratios(List.of(signal(Resource.CPU)), List.of(one, one, elsewhere), NODES, NOW);
        assertThat(ratios).isEqualTo(Map.of(CPU, Map.of(NODE, 2 * 850.0 / 4000)));
    }

    @Test
    void aSignalOfNoResourceReservesNothing() {
        var pod = new BoundPod(NODE, NOW, new Amount(1000, 0), Optional.empty());
        assertThat(ReservedGrowth.ratios(List.of(Policies.raw(CPU)), List.of(pod), NODES, NOW))
                .isEmpty();
    }

    @Test
    void itMayFreezeAndTheSentenceSaysSo() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.reserve(Map.of(CPU, Map.of(NODE, 0.10)));
        var step = pool.cpuFor(Duration.ofSeconds(15), 0.65);
        var threshold = new Threshold(CPU, 0.70, 0.62, BEST_EFFORT);
        var why = new Evidence.HotWithReserved(threshold, 0.65, 0.10, Policies.FREEZE_AFTER);
        assertThat(step.decisions()).containsExactly(new Freeze(NODE, BEST_EFFORT, why));
    }

    @Test
    void itDelaysAThaw() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofSeconds(15), 0.75);
        pool.cpuFor(Policies.MIN_HOLD.minusSeconds(10), 0.50);
        pool.reserve(Map.of(CPU, Map.of(NODE, 0.15)));
        pool.cpuFor(Duration.ofMinutes(1), 0.50);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        pool.reserve(Map.of());
        pool.cpuFor(Policies.THAW_AFTER, 0.50);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        pool.cpu(0.50);
        assertThat(pool.frozen()).isEmpty();
    }

    @Test
    void itNeverPanics() {
        var pool = PoolUnderTest.with(Policies.smoothed(Policies.settlement(), Duration.ofMinutes(10)));
        pool.cpu(0.10);
        pool.reserve(Map.of(CPU, Map.of(NODE, 0.50)));
        pool.cpuFor(Duration.ofMinutes(1), 0.60);
        assertThat(pool.decisions()).isEmpty();
    }

    @Test
    void anAbsentNodeThatWasOnlyCrowdedThawsOnceItsPodsAreOld() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofSeconds(15), 0.75);
        pool.reserve(Map.of(CPU, Map.of(NODE, 0.30)));
        pool.cpu(0.50);
        pool.absentFor(Duration.ofMinutes(20));
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        pool.reserve(Map.of());
        pool.absentFor(Policies.MIN_HOLD.plusSeconds(5));
        assertThat(pool.frozen()).isEmpty();
    }

    private static double reserved(Resource resource, BoundPod pod) {
        return ReservedGrowth.ratios(List.of(signal(resource)), List.of(pod), NODES, NOW)
                .getOrDefault(CPU, Map.of())
                .getOrDefault(NODE, 0.0);
    }

    private static Signal signal(Resource resource) {
        return new Signal(CPU, Duration.ZERO, 1.5, Optional.of(resource), Duration.ofSeconds(60));
    }
}
