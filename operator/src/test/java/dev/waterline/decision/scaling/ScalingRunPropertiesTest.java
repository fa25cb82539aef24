package dev.waterline.decision.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.scaling.ScalingDecision.Reason;
import dev.waterline.decision.scaling.ScalingRules.Select;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds all through the life of any workload. A failure names the seed; {@code -Dwaterline.seed} plays it again. */
class ScalingRunPropertiesTest {
    private static final long SEED = Long.getLong("waterline.seed", new Random().nextLong());
    private static final int LIVES = 400;
    private static final int POLLS = 60;
    private static final double FAILS = Double.NaN;

    /** One poll of a life: when, and what the triggers ask for. */
    private record Moment(double second, List<Double> wishes) {
        double[] asked() {
            return wishes.stream().mapToDouble(Double::doubleValue).toArray();
        }

        boolean isComplete() {
            return wishes.stream().noneMatch(wish -> Double.isNaN(wish));
        }
    }

    @Test
    void aStaircaseAnswersAsTheWholeOfHpasMemoryDoes() {
        forAll(random -> {
            var behavior = behavior(random);
            int min = 1 + random.nextInt(4);
            int max = min + random.nextInt(60);
            int present = min + random.nextInt(max - min + 1);
            var play = new Play(
                    Workloads.policy(min, max, OptionalInt.empty(), Duration.ZERO, behavior, Optional.empty()),
                    present);
            var model = new HpaModel(behavior, present, Play.START);
            double second = 0;
            for (int i = 0; i < POLLS; i++) {
                int before = play.present();
                double wish = wish(random);
                int desired = ReplicaArithmetic.replicas(
                        new Target(Target.Measure.AVERAGE_VALUE, 10, 0), Tolerance.DEFAULT, wish * 10, before);
                int expected = model.decide(
                        before, Math.max(1, desired), min, max, Play.START.plusMillis((long) (second * 1000)));
                assertThat(play.at(second, wish)).isEqualTo(expected);
                second += step(random);
            }
        });
    }

    @Test
    void theCountStaysWithinItsBoundsOrAtRest() {
        forAll(random -> {
            var policy = policy(random, fallback(random));
            var play = new Play(policy, random.nextInt(policy.max() + 1));
            for (var moment : life(random)) {
                var decision = play.poll(moment.second(), moment.asked()).decision();
                if (decision.isChange()) {
                    assertThat((decision.to() >= policy.least() && decision.to() <= policy.max())
                                    || decision.to() == policy.rest().orElse(-1))
                            .as(decision.toString())
                            .isTrue();
                }
            }
        });
    }

    @Test
    void withoutAFallbackItNeverGoesDownOnFailedData() {
        forAll(random -> {
            var policy = policy(random, Optional.empty());
            var play = new Play(policy, random.nextInt(policy.max() + 1));
            for (var moment : life(random)) {
                var decision = play.poll(moment.second(), moment.asked()).decision();
                if (!moment.isComplete()) {
                    assertThat(decision.to()).isGreaterThanOrEqualTo(decision.from());
                }
            }
        });
    }

    @Test
    void allFailedMeansExactlyTheFallbackAndThatSteadily() {
        forAll(random -> {
            var fallback = new Fallback(random.nextInt(4), random.nextInt(15), Fallback.Behavior.STATIC);
            var policy = policy(random, Optional.of(fallback));
            int present = random.nextInt(policy.max() + 1);
            var play = new Play(policy, present);
            double second = 0;
            // one replica for each of the longest periods, and the longest window and cooldown
            for (; second < 10_000; second += 20) {
                play.poll(second, FAILS, FAILS);
            }
            int settled = play.present();
            int bounded = Math.clamp(fallback.replicas(), policy.least(), policy.max());
            if (isDisabled(policy)) {
                return;
            }
            assertThat(settled)
                    .isEqualTo(fallback.replicas() == 0 ? policy.rest().orElse(bounded) : bounded);
            for (; second < 11_000; second += 20) {
                assertThat(play.at(second, FAILS, FAILS)).isEqualTo(settled);
            }
        });
    }

    @Test
    void theSameStateAndInputAlwaysGiveTheSameDecision() {
        forAll(random -> {
            var policy = policy(random, fallback(random));
            var play = new Play(policy, random.nextInt(policy.max() + 1));
            for (var moment : life(random)) {
                var now = Play.START.plusMillis((long) (moment.second() * 1000));
                var input = new ScalingInput(play.present(), Play.readings(now, moment.asked()));
                var once = ScalingStep.evaluate(policy, play.state(), input, now);
                assertThat(ScalingStep.evaluate(policy, play.state(), input, now))
                        .isEqualTo(once);
                assertThat(play.poll(moment.second(), moment.asked())).isEqualTo(once);
            }
        });
    }

    /** A new process may wait for longer than the old one would have; it never goes another way, or further. */
    @Test
    void aRestartGoesTheSameWayAndNoFurther() {
        forAll(random -> {
            var policy = policy(random, Optional.empty());
            var play = new Play(policy, random.nextInt(policy.max() + 1));
            for (var moment : life(random)) {
                var restarted = play.restarted();
                int from = play.present();
                int to = play.at(moment.second(), moment.asked());
                int after = restarted.at(moment.second(), moment.asked());
                assertThat(after).isBetween(Math.min(from, to), Math.max(from, to));
            }
        });
    }

    @Test
    void aRestartWithinTheWindowNeverScalesDownByTheWindowsLoss() {
        forAll(random -> {
            var policy = new ScalingPolicy(1, 50, OptionalInt.empty(), Duration.ZERO);
            var play = new Play(policy, 1 + random.nextInt(50));
            for (var moment : life(random)) {
                play = random.nextInt(5) == 0 ? play.restarted() : play;
                int from = play.present();
                var restarted = play.restarted();
                assertThat(restarted.at(moment.second(), moment.asked())).isGreaterThanOrEqualTo(from);
                play.poll(moment.second(), moment.asked());
            }
        });
    }

    @Test
    void noneIsReachedOnlyAfterTheCooldown() {
        forAll(random -> {
            var policy = policy(random, Optional.empty());
            var play = new Play(policy, policy.least() + random.nextInt(policy.max() - policy.least() + 1));
            Instant active = Play.START;
            for (var moment : life(random)) {
                var now = Play.START.plusMillis((long) (moment.second() * 1000));
                var step = play.poll(moment.second(), moment.asked());
                active = step.active() ? now : active;
                boolean wentToRest = step.decision().isChange()
                        && step.decision().to() < policy.least()
                        && step.decision().from() > step.decision().to();
                if (wentToRest) {
                    assertThat(step.decision().reason()).isEqualTo(Reason.NoTriggerActive);
                    assertThat(Duration.between(active, now)).isGreaterThanOrEqualTo(policy.cooldown());
                }
            }
        });
    }

    @Test
    void whatIsRememberedIsBounded() {
        var play = new Play(new ScalingPolicy(1, 100_000, OptionalInt.empty(), Duration.ZERO), 50);
        var random = new Random(SEED);
        for (int second = 0; second < 20_000; second++) {
            play.poll(second, random.nextInt(100));
            var remembered = play.state().recommendations();
            assertThat(remembered.greatest().size() + remembered.least().size()).isLessThan(400);
        }
    }

    private static void forAll(Consumer<Random> property) {
        for (int i = 0; i < LIVES; i++) {
            try {
                property.accept(new Random(SEED + i));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("-Dwaterline.seed=" + (SEED + i), e);
            }
        }
    }

    private static boolean isDisabled(ScalingPolicy policy) {
        return policy.behavior()
                .filter(behavior -> behavior.up().select() == Select.DISABLED
                        || behavior.down().select() == Select.DISABLED)
                .isPresent();
    }

    private static Moment[] life(Random random) {
        var moments = new Moment[POLLS];
        double second = 0;
        int triggers = 1 + random.nextInt(3);
        for (int i = 0; i < POLLS; i++) {
            moments[i] = new Moment(
                    second,
                    random.doubles(triggers)
                            .mapToObj(_ -> random.nextInt(6) == 0 ? FAILS : wish(random))
                            .toList());
            second += step(random);
        }
        return moments;
    }

    private static double wish(Random random) {
        return random.nextInt(4) == 0 ? 0 : random.nextInt(60) + (random.nextBoolean() ? 0 : 0.05);
    }

    private static double step(Random random) {
        return random.nextInt(10) == 0 ? random.nextInt(400) : 1 + random.nextInt(30);
    }

    private static ScalingPolicy policy(Random random, Optional<Fallback> fallback) {
        int min = random.nextInt(5);
        int max = Math.max(1, min + random.nextInt(40));
        var idle = min > 0 && random.nextBoolean() ? OptionalInt.of(random.nextInt(min)) : OptionalInt.empty();
        var cooldown = Duration.ofSeconds(random.nextInt(400));
        return new ScalingPolicy(
                min,
                max,
                idle,
                cooldown,
                cooldown,
                new Tolerance(random.nextInt(3) / 10.0, random.nextInt(3) / 10.0),
                random.nextInt(3) == 0 ? Optional.empty() : Optional.of(behavior(random)),
                fallback,
                ScalingPolicy.WhenFrozen.HOLD);
    }

    private static Optional<Fallback> fallback(Random random) {
        var behaviors = Fallback.Behavior.values();
        return random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new Fallback(
                        random.nextInt(4), random.nextInt(30), behaviors[random.nextInt(behaviors.length)]));
    }

    private static ScalingBehavior behavior(Random random) {
        return new ScalingBehavior(rules(random), rules(random));
    }

    private static ScalingRules rules(Random random) {
        var selects = Select.values();
        return new ScalingRules(
                Duration.ofSeconds(random.nextBoolean() ? 0 : random.nextInt(400)),
                random.nextInt(8) == 0 ? Select.DISABLED : selects[random.nextInt(2)],
                IntStream.rangeClosed(0, random.nextInt(3))
                        .mapToObj(_ -> new RatePolicy(
                                random.nextBoolean() ? RatePolicy.Type.PODS : RatePolicy.Type.PERCENT,
                                1 + random.nextInt(120),
                                Duration.ofSeconds(1 + random.nextInt(200))))
                        .toList());
    }
}
