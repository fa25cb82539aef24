package dev.waterline.decision.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two runs with the same readings, one of which dies and comes back: the restart may delay a thaw, never cause a flip. */
class RestartPropertyTest {
    private static final String SEEDS = "dev.waterline.decision.pressure.Seeds#seeds";
    private static final double STEP = 0.15;
    private static final double MARGIN = 0.01;

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void aRestartAddsNoFlipAndAtMostDelaysTheThaw(long seed) {
        var random = new Random(seed);
        int tiers = 1 + random.nextInt(3);
        var policy = policy(random, tiers);
        int frozen = 1 + random.nextInt(tiers);
        double from = freezeAbove(frozen - 1) + MARGIN;
        double to = freezeAbove(frozen) - 0.05 - MARGIN;
        var steady = PoolUnderTest.with(policy);
        var restarted = PoolUnderTest.with(policy);
        var runs = List.of(steady, restarted);

        for (int i = random.nextInt(60); i > 0; i--) {
            double ratio = random.nextDouble(0.94);
            runs.forEach(run -> run.cpu(ratio));
        }
        settle(runs, random, from, to);
        assertThat(steady.frozen()).hasSize(frozen);
        int before = steady.decisions().size();

        for (int passesMissed = random.nextInt(20); passesMissed > 0; passesMissed--) {
            steady.cpu(random.nextDouble(from, to));
            restarted.idle(Duration.ofSeconds(5));
        }
        restarted.restart(Duration.ZERO);
        settle(runs, random, from, to);
        assertThat(steady.decisions()).hasSize(before);
        assertThat(restarted.decisions()).hasSize(before);
        assertThat(restarted.frozen()).isEqualTo(steady.frozen());

        var thawed = List.of(cool(steady), cool(restarted));
        assertThat(thawed.get(0)).hasSize(frozen);
        assertThat(thawed.get(1)).containsOnlyKeys(thawed.get(0).keySet());
        thawed.get(0).forEach((tier, at) -> assertThat(thawed.get(1).get(tier)).isAfterOrEqualTo(at));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void aRestartWhileTheNodeCoolsThawsOnceAndHoldsAnew(long seed) {
        var random = new Random(seed);
        int tiers = 1 + random.nextInt(3);
        var policy = policy(random, tiers);
        var pool = hotThenCooling(random, policy, tiers);
        pool.restart(Duration.ofMillis(random.nextInt(30_000)));
        var holdsUntil = pool.now().plus(policy.timing().minHold());
        cool(pool).values().forEach(at -> assertThat(at).isAfterOrEqualTo(holdsUntil));
        assertThat(pool.frozen()).isEmpty();
        assertThat(pool.decisions()).hasSize(2 * tiers);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void aRestartWhileTheNodeCoolsNeverHastensTheThawOfARawSignal(long seed) {
        int tiers = 1 + new Random(seed).nextInt(3);
        var policy = Policies.smoothed(policy(new Random(seed), tiers), Duration.ZERO);
        var steady = hotThenCooling(new Random(seed), policy, tiers);
        var restarted = hotThenCooling(new Random(seed), policy, tiers);
        restarted.restart(Duration.ZERO);
        var without = cool(steady);
        cool(restarted)
                .forEach((tier, at) -> assertThat(at).isAfterOrEqualTo(without.getOrDefault(tier, Instant.EPOCH)));
    }

    private static PoolUnderTest hotThenCooling(Random random, PressurePolicy policy, int tiers) {
        var pool = PoolUnderTest.with(policy);
        settle(List.of(pool), random, freezeAbove(tiers - 1) + MARGIN, 0.94);
        assertThat(pool.frozen()).hasSize(tiers);
        for (int i = random.nextInt(20); i > 0 && pool.frozen().size() == tiers; i--) {
            pool.cpu(0.05);
        }
        return pool;
    }

    /** Long enough that only what these readings say is frozen. */
    private static void settle(List<PoolUnderTest> runs, Random random, double from, double to) {
        for (int i = 0; i < 200; i++) {
            double ratio = random.nextDouble(from, to);
            runs.forEach(run -> run.cpu(ratio));
        }
    }

    /** When each tier thawed, of which none froze again. */
    private static Map<String, Instant> cool(PoolUnderTest run) {
        var thawed = new HashMap<String, Instant>();
        for (int i = 0; i < 200; i++) {
            for (var decision : run.cpu(0.05).decisions()) {
                assertThat(decision).isInstanceOf(FreezeDecision.Thaw.class);
                thawed.put(decision.tier(), run.now());
            }
        }
        return thawed;
    }

    private static double freezeAbove(int tier) {
        return 0.40 + STEP * tier;
    }

    private static PressurePolicy policy(Random random, int tiers) {
        var ladder = new ArrayList<Tier>();
        for (int i = 0; i < tiers; i++) {
            ladder.add(Policies.tier("tier-" + i, 100 * i, Policies.cpu(freezeAbove(i), freezeAbove(i) - 0.05)));
        }
        ladder.add(Policies.tier("protected", 10_000));
        var drawn = RandomPolicies.next(random);
        var timing = drawn.timing();
        var bounded = new Timing(timing.freezeAfter(), timing.thawAfter(), timing.minHold(), 0.95, timing.maxGap());
        var base = Policies.with(Policies.of(ladder.toArray(Tier[]::new)), bounded);
        var halfLife = drawn.signals().getFirst().halfLife();
        return Policies.smoothed(base, halfLife);
    }
}
