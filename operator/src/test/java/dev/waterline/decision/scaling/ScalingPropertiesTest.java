package dev.waterline.decision.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.reading.Reading;
import dev.waterline.decision.reading.Reading.Cause;
import dev.waterline.decision.scaling.Target.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What holds for every workload. A failure names the seed; put it in place of {@code SEED} to see it again. */
class ScalingPropertiesTest {
    private static final long SEED = Long.getLong("waterline.seed", new Random().nextLong());
    private static final int CASES = 20_000;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private record Case(ScalingPolicy policy, int present, List<TriggerReading> readings, Instant lastActive) {
        ScalingStep evaluate() {
            return ScalingStep.evaluate(
                    policy, Workloads.lastActive(lastActive), new ScalingInput(present, readings), NOW);
        }

        Case with(int replicas) {
            return new Case(policy, replicas, readings, lastActive);
        }

        Case with(List<TriggerReading> others) {
            return new Case(policy, present, others, lastActive);
        }
    }

    @Test
    void whatItDecidesToWriteLiesWithinMinAndMaxOrIsTheRestingCount() {
        forAll((one, _) -> {
            if (one.evaluate().decision() instanceof ScalingDecision.Change change) {
                int to = change.to();
                assertThat(to).isNotEqualTo(one.present());
                if (change.basis() instanceof Basis.Resting) {
                    assertThat(to).isEqualTo(one.policy().rest().orElseThrow());
                } else {
                    assertThat(to)
                            .isBetween(
                                    Math.max(1, one.policy().min()),
                                    one.policy().max());
                }
            }
        });
    }

    @Test
    void itNeverScalesDownOnFailedData() {
        forAll((one, random) -> {
            var readings = new ArrayList<>(one.readings());
            readings.set(random.nextInt(readings.size()), failed("t-failed"));
            var failing = one.with(readings);
            assertThat(failing.evaluate().decision().to())
                    .isGreaterThanOrEqualTo(Math.min(one.present(), one.policy().max()));
        });
    }

    @Test
    void itHoldsWhenNothingCanBeRead() {
        forAll((one, _) -> {
            var silent = one.with(one.readings().stream()
                    .map(reading -> failed(reading.trigger()))
                    .toList());
            var decision = silent.evaluate().decision();
            assertThat((decision instanceof ScalingDecision.Hold hold && hold.replicas() == one.present())
                            || decision.reason() == ScalingDecision.Reason.OutOfBounds)
                    .as(decision.toString())
                    .isTrue();
        });
    }

    @Test
    void averageValuesAskForTheSameOnceItIsDone() {
        forAll((one, _) -> {
            var averages = one.with(one.readings().stream()
                    .map(reading -> new TriggerReading(
                            reading.trigger(),
                            new Target(
                                    Measure.AVERAGE_VALUE,
                                    reading.target().threshold(),
                                    reading.target().activationThreshold()),
                            reading.reading()))
                    .toList());
            var decision = averages.evaluate().decision();
            if (decision.reason() == ScalingDecision.Reason.OutOfBounds) {
                return;
            }
            int to = decision.to();
            assertThat(averages.with(to).evaluate().decision().to()).isEqualTo(to);
        });
    }

    @Test
    void aGreaterValueNeverAsksForLess() {
        forAll((one, random) -> {
            int index = random.nextInt(one.readings().size());
            var reading = one.readings().get(index);
            if (reading.reading() instanceof Reading.Fresh fresh) {
                var readings = new ArrayList<>(one.readings());
                var greater = new Reading.Fresh(fresh.value() + random.nextDouble() * 100, NOW);
                readings.set(index, new TriggerReading(reading.trigger(), reading.target(), greater));
                assertThat(one.with(readings).evaluate().decision().to())
                        .isGreaterThanOrEqualTo(one.evaluate().decision().to());
            }
        });
    }

    @Test
    void everyDecisionHasASentenceThatNamesBothCounts() {
        forAll((one, _) -> {
            var decision = one.evaluate().decision();
            assertThat(ScalingSentence.of(decision))
                    .contains(Integer.toString(decision.from()))
                    .contains(Integer.toString(decision.to()))
                    .doesNotContain("null", "Optional", "E+");
        });
    }

    private static void forAll(BiConsumer<Case, Random> property) {
        for (int i = 0; i < CASES; i++) {
            var random = new Random(SEED + i);
            var one = generate(random);
            try {
                property.accept(one, random);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("-Dwaterline.seed=" + (SEED + i) + ": " + one, e);
            }
        }
    }

    private static Case generate(Random random) {
        int min = random.nextInt(6);
        int max = Math.max(1, min + random.nextInt(20));
        var idle = min > 0 && random.nextBoolean() ? OptionalInt.of(random.nextInt(min)) : OptionalInt.empty();
        var policy = Workloads.policy(min, max, idle, Duration.ofSeconds(random.nextInt(600)));
        var readings = new ArrayList<TriggerReading>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            readings.add(reading("t" + i, random));
        }
        return new Case(policy, random.nextInt(max + 5), readings, NOW.minusSeconds(random.nextInt(600)));
    }

    private static TriggerReading reading(String name, Random random) {
        if (random.nextInt(6) == 0) {
            return failed(name);
        }
        var measure = random.nextBoolean() ? Measure.VALUE : Measure.AVERAGE_VALUE;
        var target = new Target(measure, 0.5 + random.nextInt(20), random.nextInt(10) - 2);
        double value = random.nextInt(5) == 0 ? 0 : random.nextDouble() * 200 - 10;
        return new TriggerReading(name, target, new Reading.Fresh(value, NOW));
    }

    private static TriggerReading failed(String name) {
        return new TriggerReading(
                name,
                new Target(Measure.AVERAGE_VALUE, 10, 0),
                new Reading.Unavailable(Cause.HttpError, "the server answered with HTTP status 503"));
    }
}
