package dev.waterline.decision.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.pressure.FreezeDecision.Freeze;
import dev.waterline.decision.pressure.RandomTrace.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds over time: a node thaws, does not flap, and never fares better for being hotter. */
class HysteresisPropertyTest {
    private static final String SEEDS = "dev.waterline.decision.pressure.Seeds#seeds";
    private static final String NODE = PoolUnderTest.NODE;
    private static final Duration INTERVAL = RandomTrace.INTERVAL;

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void aSignalStrictlyInsideTheBandNeverChangesTheState(long seed) {
        var random = new Random(seed);
        double freezeAbove = 0.3 + random.nextDouble(0.6);
        double thawBelow = freezeAbove - 0.02 - random.nextDouble(0.2);
        var drawn = RandomPolicies.withoutPanic(RandomPolicies.next(random));
        var policy = Policies.with(
                Policies.of(
                        new Tier("low", 0, List.of(Policies.cpu(freezeAbove, thawBelow))), Policies.tier("top", 1000)),
                drawn.timing());
        var pool = new PoolUnderTest(
                Policies.smoothed(policy, drawn.signals().getFirst().halfLife()), INTERVAL, Set.of(NODE));
        boolean startsFrozen = random.nextBoolean();
        pool.cpuFor(Duration.ofMinutes(10), startsFrozen ? freezeAbove : Math.nextDown(freezeAbove));
        var before = pool.frozen();
        assertThat(before).hasSize(startsFrozen ? 1 : 0);
        for (int i = 0; i < 2000; i++) {
            pool.cpu(random.nextDouble(Math.nextUp(thawBelow), freezeAbove));
            assertThat(pool.frozen()).isEqualTo(before);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void aCoolPoolIsThawedInBoundedTimeWhateverWasBefore(long seed) {
        var trace = RandomTrace.ofEverything(seed);
        trace.play(200, _ -> {});
        var pool = trace.pool();
        for (int i = 0; i < 500 && !isCool(pool); i++) {
            constant(pool, signal -> lowestThaw(pool.policy(), signal) / 2);
        }
        assertThat(isCool(pool)).as("the average has followed").isTrue();
        var timing = pool.policy().timing();
        var coolSince = pool.now();
        var longest = timing.thawAfter().compareTo(timing.minHold()) > 0 ? timing.thawAfter() : timing.minHold();
        while (pool.now().isBefore(coolSince.plus(longest))) {
            constant(pool, signal -> lowestThaw(pool.policy(), signal) / 2);
        }
        RandomTrace.NODES.forEach(node -> assertThat(pool.frozen(node)).isEmpty());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void aHotterNodeNeverHasALowerFloor(long seed) {
        var random = new Random(seed);
        var policy = RandomPolicies.withoutPanic(RandomPolicies.next(random));
        var cooler = new PoolUnderTest(policy, INTERVAL, Set.of(NODE));
        var hotter = new PoolUnderTest(policy, INTERVAL, Set.of(NODE));
        double offset = random.nextDouble(1.5 - RandomLoad.HIGHEST);
        var loads = new HashMap<String, RandomLoad>();
        for (int i = 0; i < 600; i++) {
            var low = new HashMap<String, SourceAnswer>();
            var high = new HashMap<String, SourceAnswer>();
            boolean gone = random.nextInt(12) == 0;
            boolean silent = random.nextInt(12) == 0;
            for (var signal : policy.signals()) {
                var name = signal.name();
                double ratio =
                        loads.computeIfAbsent(name, _ -> new RandomLoad(random)).next();
                var outage = new SourceAnswer.Silent(PoolUnderTest.TIMEOUT);
                low.put(name, silent ? outage : cooler.answer(name, gone ? Map.of() : Map.of(NODE, ratio)));
                high.put(name, silent ? outage : hotter.answer(name, gone ? Map.of() : Map.of(NODE, ratio + offset)));
            }
            assertThat(floor(hotter.pass(high))).isGreaterThanOrEqualTo(floor(cooler.pass(low)));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void aTierFreezesAtMostOnceInMinHoldPlusFreezeAfter(long seed) {
        var random = new Random(seed);
        var policy = RandomPolicies.withoutPanic(RandomPolicies.next(random));
        var trace = new RandomTrace(random, policy, EnumSet.noneOf(Trouble.class));
        var apart = policy.timing().minHold().plus(policy.timing().freezeAfter());
        var last = new HashMap<String, Instant>();
        trace.play(1000, pass -> freezes(pass, last, apart));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void withPanicsOutagesAndAbsencesATierStillFreezesAtMostOnceInMinHold(long seed) {
        var random = new Random(seed);
        var policy = RandomPolicies.next(random);
        var trace = new RandomTrace(random, policy, EnumSet.of(Trouble.ABSENCES, Trouble.OUTAGES, Trouble.GAPS));
        var last = new HashMap<String, Instant>();
        trace.play(1000, pass -> freezes(pass, last, policy.timing().minHold()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void aSquareWaveAroundTheThresholdFreezesAtMostOnceInMinHoldPlusFreezeAfter(long seed) {
        var random = new Random(seed);
        var timing = RandomPolicies.withoutPanic(RandomPolicies.next(random)).timing();
        var pool = PoolUnderTest.with(Policies.with(Policies.settlement(), timing));
        int half = 1 + random.nextInt(40);
        var apart = timing.minHold().plus(timing.freezeAfter());
        int passes = 3000;
        for (int i = 0; i < passes; i++) {
            pool.cpu(i / half % 2 == 0 ? 0.71 : 0.10);
        }
        long freezes =
                pool.decisions().stream().filter(Freeze.class::isInstance).count();
        long possible = INTERVAL.multipliedBy(passes).dividedBy(apart.plus(Duration.ofMillis(1))) + 1;
        assertThat(freezes).isLessThanOrEqualTo(possible);
        boolean longEnough = INTERVAL.multipliedBy(half - 1).compareTo(timing.freezeAfter()) >= 0;
        assertThat(freezes > 0).isEqualTo(longEnough);
    }

    private static void freezes(RandomTrace.Pass pass, Map<String, Instant> last, Duration apart) {
        pass.step().decisions().forEach(decision -> {
            if (decision instanceof Freeze(String node, String tier, Evidence _)) {
                var before = last.put(node + "/" + tier, pass.now());
                if (before != null) {
                    assertThat(Duration.between(before, pass.now())).isGreaterThanOrEqualTo(apart);
                }
            }
        });
    }

    private static void constant(PoolUnderTest pool, ToDoubleFunction<String> ratio) {
        var answers = new HashMap<String, SourceAnswer>();
        for (var signal : pool.policy().signals()) {
            var ratios = new HashMap<String, Double>();
            pool.nodes().forEach(node -> ratios.put(node, ratio.applyAsDouble(signal.name())));
            answers.put(signal.name(), pool.answer(signal.name(), ratios));
        }
        pool.pass(answers);
    }

    /** The thaw threshold of the lowest tier, which is the lowest of all. */
    private static double lowestThaw(PressurePolicy policy, String signal) {
        return policy.ladder().thresholds(0).stream()
                .filter(threshold -> threshold.signal().equals(signal))
                .mapToDouble(Threshold::thawBelow)
                .findFirst()
                .orElse(0.1);
    }

    private static boolean isCool(PoolUnderTest pool) {
        return pool.states().values().stream()
                        .allMatch(state -> pool.policy().signals().stream()
                                .allMatch(
                                        signal -> state.seriesOf(signal.name()).last()
                                                < lowestThaw(pool.policy(), signal.name())))
                && pool.summary().silentSince().isEmpty()
                && pool.summary().absentNodes().isEmpty();
    }

    private static int floor(PoolStep step) {
        var wanted = step.contributions().get(NODE);
        return wanted == null ? -1 : wanted.floor();
    }
}
