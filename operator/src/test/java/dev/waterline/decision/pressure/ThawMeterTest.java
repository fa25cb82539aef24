package dev.waterline.decision.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Thaws are metered: at most a share of the frozen nodes a minute, one at least, the highest tiers first. */
class ThawMeterTest {
    private static final Instant NOW = PoolUnderTest.START;
    private static final PressurePolicy METERED =
            Policies.with(Policies.settlement(), new PoolLimits(0.05, Duration.ofMinutes(30), 0.33, 0.55));

    @ParameterizedTest(name = "{0} of {1} frozen nodes: {2}")
    @CsvSource({"0.05,1,1", "0.05,39,1", "0.05,40,2", "0.05,100,5", "0.29,100,29", "0.5,3,1", "1,3,2147483647"})
    void aFullMeterGivesTheShareOfTheFrozenNodesAndOneAtLeast(double share, int frozen, int nodes) {
        assertThat(ThawMeter.full().allowance(share, frozen, NOW)).isEqualTo(nodes);
    }

    @Test
    void whatWasGivenComesBackAMinuteLater() {
        var meter = ThawMeter.full().after(3, NOW).after(2, NOW.plusSeconds(30));
        assertThat(meter.allowance(0.05, 100, NOW.plusSeconds(59))).isZero();
        assertThat(meter.allowance(0.05, 100, NOW.plusSeconds(60))).isEqualTo(3);
        assertThat(meter.allowance(0.05, 100, NOW.plusSeconds(90))).isEqualTo(5);
        assertThat(meter.after(0, NOW.plusSeconds(90))).isEqualTo(ThawMeter.full());
    }

    @Test
    void aClockThatIsSetBackDoesNotStopAllThaws() {
        assertThat(ThawMeter.full().after(5, NOW).allowance(0.05, 100, NOW.minusSeconds(3600)))
                .isEqualTo(5);
    }

    @Test
    void aPoolThatCoolsAtOnceThawsByAndBy() {
        var pool = pool(100);
        hot(pool, _ -> 0.75);
        var thawed = new ArrayList<Integer>();
        for (int minute = 0; minute < 10; minute++) {
            int thaws = 0;
            for (int pass = 0; pass < 12; pass++) {
                thaws += all(pool, _ -> 0.30).decisions().size();
            }
            thawed.add(thaws);
        }
        assertThat(thawed).containsExactly(0, 0, 0, 0, 5, 4, 4, 4, 4, 3);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.waterline.decision.pressure.Seeds#seeds")
    void inNoMinuteMoreNodesThawThanTheShareAndEveryCoolNodeThawsInTheEnd(long seed) {
        var random = new Random(seed);
        int nodes = 1 + random.nextInt(30);
        double share = 0.05 + random.nextDouble(0.5);
        var limits = new PoolLimits(share, Duration.ofMinutes(30), 0.33, 0.55);
        var pool = pool(nodes, Policies.with(Policies.settlement(), limits));
        hot(pool, _ -> 0.71 + random.nextDouble(0.2));
        var thaws = new ArrayList<Instant>();
        var bound =
                pool.now().plus(Policies.MIN_HOLD).plus(Duration.ofSeconds(65).multipliedBy(2L * nodes));
        while (pool.now().isBefore(bound)) {
            var step = all(pool, _ -> 0.30);
            var now = pool.now();
            step.decisions().stream().map(FreezeDecision::node).distinct().forEach(_ -> thaws.add(now));
            long lately = thaws.stream()
                    .filter(at -> at.isAfter(now.minusSeconds(60)))
                    .count();
            assertThat(lately).isLessThanOrEqualTo(Math.max(1, (int) (share * nodes + 1e-9)));
        }
        assertThat(pool.nodes())
                .allSatisfy(node -> assertThat(pool.frozen(node)).isEmpty());
    }

    @Test
    void theHighestTiersThawFirstAndThenWhatHasBeenFrozenForLongest() {
        var pool = pool(3);
        hot(pool, node -> node.equals("node-02") ? 0.85 : node.equals("node-01") ? 0.75 : 0.10);
        hot(pool, node -> node.equals("node-02") ? 0.85 : 0.75);
        assertThat(thaws(pool, _ -> 0.30))
                .containsExactly(
                        "node-02/standard", "node-02/best-effort", "node-01/best-effort", "node-00/best-effort");
    }

    @Test
    void whatPeopleOrderIsNotMetered() {
        var pool = pool(10);
        hot(pool, _ -> 0.75);
        var renamed = Policies.of(Policies.tier("another", 0, Policies.cpu(0.90, 0.80)));
        var step = pool.edit(Policies.with(renamed, METERED.limits()));
        assertThat(step.decisions())
                .hasSize(10)
                .allSatisfy(decision -> assertThat(decision.why()).isEqualTo(new Evidence.NoWaterline()));
        assertThat(step.contributions()).isEmpty();
    }

    @Test
    void aTierThatIsFrozenEverywhereForTooLongIsStarvedSinceTheLastNodeFroze() {
        var pool = pool(3);
        hot(pool, _ -> 0.75);
        var frozeAt = pool.now();
        while (pool.now().isBefore(frozeAt.plus(METERED.limits().maxFrozen()))) {
            assertThat(pool.summary().starvedSince()).isEmpty();
            all(pool, _ -> 0.75);
        }
        assertThat(pool.summary().starvedSince()).isEqualTo(Map.of(Policies.BEST_EFFORT, frozeAt));
        pool.restart(Duration.ZERO);
        all(pool, _ -> 0.75);
        assertThat(pool.summary().starvedSince()).isEqualTo(Map.of(Policies.BEST_EFFORT, frozeAt));
        hot(pool, node -> node.equals("node-01") ? 0.30 : 0.75, Policies.MIN_HOLD);
        assertThat(pool.frozen("node-01")).isEmpty();
        assertThat(pool.summary().starvedSince()).isEmpty();
    }

    @Test
    void aProtectedTierIsNeverStarved() {
        var pool = pool(2);
        hot(pool, _ -> 0.90, Duration.ofHours(2));
        assertThat(pool.summary().starvedSince()).containsOnlyKeys(Policies.BEST_EFFORT, Policies.STANDARD);
    }

    @Test
    void aStarvedTierIsFirstInLineEvenBeforeAHigherOneThatIsNot() {
        var limits = new PoolLimits(0.05, Duration.ofMinutes(10), 0.33, 0.55);
        var pool = pool(3, Policies.with(Policies.settlement(), limits));
        hot(pool, node -> node.equals("node-00") ? 0.75 : 0.85, Duration.ofMinutes(11));
        assertThat(pool.summary().starvedSince()).containsOnlyKeys(Policies.BEST_EFFORT);
        // node-00 may thaw the starved tier; node-01 and node-02 only the one above it.
        var order = thaws(pool, node -> node.equals("node-00") ? 0.30 : 0.70);
        assertThat(order).startsWith("node-00/best-effort", "node-01/standard", "node-02/standard");
    }

    /** Node and tier in the order of their thaws within a quarter of an hour. */
    private static List<String> thaws(PoolUnderTest pool, ToDoubleFunction<String> ratio) {
        var thaws = new ArrayList<String>();
        var end = pool.now().plus(Duration.ofMinutes(15));
        while (pool.now().isBefore(end)) {
            all(pool, ratio).decisions().forEach(thaw -> thaws.add(thaw.node() + "/" + thaw.tier()));
        }
        return thaws;
    }

    private static PoolUnderTest pool(int nodes) {
        return pool(nodes, METERED);
    }

    private static PoolUnderTest pool(int nodes, PressurePolicy policy) {
        var names = IntStream.range(0, nodes).mapToObj("node-%02d"::formatted).collect(Collectors.toSet());
        return new PoolUnderTest(policy, Duration.ofSeconds(5), names);
    }

    private static void hot(PoolUnderTest pool, ToDoubleFunction<String> ratio) {
        hot(pool, ratio, Duration.ofSeconds(15));
    }

    private static void hot(PoolUnderTest pool, ToDoubleFunction<String> ratio, Duration time) {
        var end = pool.now().plus(time);
        while (pool.now().isBefore(end)) {
            all(pool, ratio);
        }
    }

    private static PoolStep all(PoolUnderTest pool, ToDoubleFunction<String> ratio) {
        var ratios = new HashMap<String, Double>();
        pool.nodes().stream().sorted().forEach(node -> ratios.put(node, ratio.applyAsDouble(node)));
        return pool.pass(Map.of(PoolUnderTest.CPU, pool.answer(PoolUnderTest.CPU, ratios)));
    }
}
