package dev.waterline.decision.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds in every step, whatever the source says, the clock does and people edit. */
class ElasticPropertyTest {
    private static final String SEEDS = "dev.waterline.decision.pressure.Seeds#seeds";
    private static final int STEPS = 3_000;
    private static final double[] POISON = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        -1,
        -0.0,
        0,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        1e308
    };

    private record Step(ElasticPolicy policy, ElasticState before, BudgetBurn burn, ElasticState after, Instant now) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void theShiftIsFiniteWithinItsLimitsAndNeverFasterThanItMay(long seed) {
        play(seed, step -> {
            assertThat(step.after().shift())
                    .isBetween(step.policy().minShift(), step.policy().maxShift());
            assertThat(step.after().effective())
                    .isBetween(step.policy().minShift(), step.policy().maxShift());
            assertThat(step.after().shift() - step.before().shift()).isBetween(-3 - 1e-9, 0.5 + 1e-9);
            assertThat(step.after().effective() - step.before().effective()).isBetween(-3.0, 0.5);
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void whatIsInEffectIsAWholeNumberOfStepsAndLessThanOneFromTheShift(long seed) {
        play(seed, step -> {
            assertThat(step.after().effective() % ElasticState.STEP).isZero();
            assertThat(Math.abs(step.after().shift() - step.after().effective()))
                    .isLessThan(ElasticState.STEP);
            boolean rests = step.after().effective() == step.before().effective();
            assertThat(step.after().since()).isEqualTo(rests ? step.before().since() : step.now());
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void anUnknownBurnNeverMovesTheShiftAwayFromZeroAndForTenMinutesNotAtAll(long seed) {
        play(seed, step -> {
            if (step.burn() instanceof BudgetBurn.Unknown) {
                double before = step.before().shift();
                double after = step.after().shift();
                assertThat(Math.abs(after)).isLessThanOrEqualTo(Math.abs(before));
                assertThat(after * before).isGreaterThanOrEqualTo(0);
                var blindFor = step.before()
                        .unknownSince()
                        .map(since -> Duration.between(since, step.now()))
                        .orElse(Duration.ZERO);
                if (blindFor.compareTo(Duration.ofMinutes(10)) < 0) {
                    assertThat(after).isEqualTo(before);
                }
            }
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void nothingRisesWhileTheSlowWindowBurnsUnlessTheLowerTiersAreAcquitted(long seed) {
        play(seed, step -> {
            if (step.burn() instanceof BudgetBurn.Measured measured
                    && measured.slow() > 1
                    && step.after().phase() == ElasticPhase.Following) {
                assertThat(step.after().shift())
                        .isLessThanOrEqualTo(step.before().shift());
            }
        });
    }

    private static void play(long seed, Consumer<Step> witness) {
        var random = new Random(seed);
        var controller = new ElasticController(ElasticController.PERIOD);
        var policy = policy(random);
        var now = Elastic.START;
        var state = ElasticState.beginning(now);
        double errors = 0.001;
        int silentFor = 0;
        for (int i = 0; i < STEPS; i++) {
            now = now.plusSeconds(random.nextInt(50) == 0 ? random.nextInt(20_000) - 10_000 : 60 + random.nextInt(6));
            if (random.nextInt(300) == 0) {
                policy = policy(random);
            }
            if (random.nextInt(200) == 0) {
                state = ElasticState.restored(state.effective(), state.since(), state.phase(), now);
            }
            state = state.within(policy, now);
            silentFor = random.nextInt(100) == 0 ? random.nextInt(60) : silentFor - 1;
            errors = Math.clamp(errors * Math.exp(0.4 * random.nextGaussian()), 1e-6, 1);
            var burn = silentFor > 0
                    ? Elastic.UNKNOWN
                    : BudgetBurn.of(policy, count(random, errors), count(random, errors * random.nextDouble(2)));
            var share = random.nextBoolean() ? OptionalDouble.of(share(random)) : OptionalDouble.empty();
            var after = controller.step(policy, state, burn, share, now);
            witness.accept(new Step(policy, state, burn, after, now));
            state = after;
        }
    }

    private static double share(Random random) {
        return random.nextInt(20) == 0 ? POISON[random.nextInt(POISON.length)] : random.nextDouble(0.06);
    }

    private static EventCount count(Random random, double errors) {
        double total = random.nextInt(10) == 0 ? random.nextInt(2_000) : 1_000 + random.nextInt(100_000);
        double good = total * (1 - Math.min(1, errors));
        return switch (random.nextInt(30)) {
            case 0 -> new EventCount(POISON[random.nextInt(POISON.length)], total);
            case 1 -> new EventCount(good, POISON[random.nextInt(POISON.length)]);
            case 2 -> new EventCount(POISON[random.nextInt(POISON.length)], POISON[random.nextInt(POISON.length)]);
            default -> new EventCount(good, total);
        };
    }

    private static ElasticPolicy policy(Random random) {
        return new ElasticPolicy(
                0.5 + random.nextDouble(0.4999),
                1 + random.nextInt(2_000),
                -ElasticState.STEP * random.nextInt(60),
                ElasticState.STEP * random.nextInt(20));
    }
}
