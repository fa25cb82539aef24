package dev.waterline.decision.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The controller as it is shipped, in a loop with a plant: slew limits, dead band and steps included. */
class ElasticStabilityTest {
    private static final ElasticPolicy WIDE = new ElasticPolicy(0.999, 1000, -40, 40);
    private static final double GAIN = 0.15;
    private static final double BALANCE = -8;
    private static final int DAY = 1440;
    private static final int HOUR = 60;

    @ParameterizedTest(name = "delay {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
    void itComesToRestWhereTheBudgetLasts(int delay) {
        var plant = new Plant(GAIN, delay, BALANCE, 0, new Random(1));
        var elastic = wide();
        play(elastic, plant, DAY);

        assertThat(range(play(elastic, plant, HOUR)))
                .as("not even a status is written any more")
                .isZero();
        assertThat(plant.burn(elastic.state().effective())).isBetween(0.65, 0.95);
    }

    @ParameterizedTest(name = "delay {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
    void noiseMovesItByAPointOrTwoAroundThere(int delay) {
        for (int seed = 1; seed <= 10; seed++) {
            var plant = new Plant(GAIN, delay, BALANCE, 0.3, new Random(seed));
            var elastic = wide();
            play(elastic, plant, DAY);
            var shifts = play(elastic, plant, DAY);

            assertThat(statistics(shifts).getAverage()).as("seed %d", seed).isCloseTo(BALANCE, within(0.6));
            assertThat(range(shifts)).as("seed %d", seed).isLessThan(6);
        }
    }

    /** Three times the gain is more than the linear loop bears from a delay of four on; the slew limits then bound its swing. */
    @ParameterizedTest(name = "delay {0}")
    @CsvSource({"0, 0", "1, 0", "2, 0", "3, 2", "4, 4", "5, 6", "6, 8", "7, 10", "8, 12"})
    void threeTimesTheGainIsBorneOrSwingsWithinBoundsOnTheSafeSide(int delay, double most) {
        var plant = new Plant(3 * GAIN, delay, BALANCE, 0, new Random(1));
        var elastic = wide();
        play(elastic, plant, DAY);
        var shifts = play(elastic, plant, DAY);

        assertThat(range(shifts)).isLessThanOrEqualTo(most);
        assertThat(statistics(shifts).getAverage()).isLessThan(BALANCE + 0.5);
    }

    @ParameterizedTest(name = "delay {0}, {1} points worse")
    @CsvSource({"0, 8", "4, 8", "8, 8", "0, -8", "4, -8", "8, -8"})
    void itFollowsAPlantThatHasChanged(int delay, double worse) {
        var plant = new Plant(GAIN, delay, BALANCE, 0, new Random(1));
        var elastic = wide();
        play(elastic, plant, DAY);
        plant.worsen(worse);

        play(elastic, plant, HOUR);
        assertThat(plant.burn(elastic.state().effective())).as("after an hour").isLessThan(1);
        play(elastic, plant, HOUR);
        assertThat(elastic.state().effective()).isCloseTo(BALANCE - worse, within(1.5));
    }

    @Test
    void anObjectiveThatIsMissedIsMetAgainWithinTwentyMinutes() {
        var plant = new Plant(GAIN, 4, BALANCE, 0, new Random(1));
        var elastic = wide();
        play(elastic, plant, DAY);
        plant.worsen(8);

        play(elastic, plant, 20);
        assertThat(plant.burn(elastic.state().effective())).isLessThan(1);
    }

    @ParameterizedTest(name = "delay {0}")
    @ValueSource(ints = {0, 2, 4, 6, 8})
    void itHoldsItsWayWithHalfOfTheSamplesLost(int delay) {
        for (int seed = 1; seed <= 10; seed++) {
            var random = new Random(seed);
            var plant = new Plant(GAIN, delay, BALANCE, 0.1, random);
            var elastic = wide();
            for (int i = 0; i < DAY; i++) {
                double before = elastic.state().shift();
                double burn = plant.minute(elastic.state().effective());
                boolean lost = random.nextBoolean();
                elastic.step(lost ? Elastic.UNKNOWN : Elastic.burn(burn));
                if (elastic.state().phase() == ElasticPhase.Holding) {
                    assertThat(elastic.state().shift()).as("seed %d", seed).isEqualTo(before);
                }
                if (i > 6 * HOUR) {
                    assertThat(elastic.state().shift()).as("seed %d", seed).isCloseTo(BALANCE, within(4.0));
                }
            }
        }
    }

    @ParameterizedTest(name = "delay {0}")
    @ValueSource(ints = {0, 4, 8})
    void anOutageOfTenMinutesIsNoEvent(int delay) {
        var plant = new Plant(GAIN, delay, BALANCE, 0, new Random(1));
        var elastic = wide();
        play(elastic, plant, DAY);
        double before = elastic.state().effective();

        for (int i = 0; i < 10; i++) {
            plant.minute(elastic.state().effective());
            elastic.step(Elastic.UNKNOWN);
        }

        assertThat(elastic.state().effective()).isEqualTo(before);
        assertThat(range(play(elastic, plant, HOUR))).isLessThanOrEqualTo(0.5);
    }

    @Test
    void aCounterThatStartsAnewNeverRaisesTheShift() {
        var sound = new EventCount(99_920, 100_000);
        for (var reset : List.of(
                new EventCount(29_976, 30_000), // both, as when the exporter was restarted: the same ratio
                new EventCount(30_000, 100_000), // good alone: looks like errors
                new EventCount(99_920, 30_000), // total alone: more good than all
                new EventCount(-70_000, 30_000), // a plain difference in place of increase()
                new EventCount(0, 0))) {
            var elastic = Elastic.at(-10);
            elastic.step(BudgetBurn.of(Elastic.POLICY, sound, sound));
            double before = elastic.state().shift();
            elastic.step(BudgetBurn.of(Elastic.POLICY, reset, sound));

            assertThat(elastic.state().shift()).as("%s", reset).isLessThanOrEqualTo(before);
        }
    }

    @Test
    void aRestartInTheMiddleCostsNoMoreThanAStep() {
        var plant = new Plant(GAIN, 4, BALANCE, 0, new Random(1));
        var elastic = wide();
        play(elastic, plant, DAY);
        double before = elastic.state().effective();
        elastic.restart();
        elastic.edit(WIDE);

        assertThat(play(elastic, plant, HOUR))
                .allSatisfy(shift -> assertThat(shift).isCloseTo(before, within(0.5)));
    }

    private static Elastic wide() {
        var elastic = Elastic.fresh();
        elastic.edit(WIDE);
        return elastic;
    }

    /** So many minutes; the shift in effect after each. */
    private static List<Double> play(Elastic elastic, Plant plant, int minutes) {
        return IntStream.range(0, minutes)
                .mapToObj(_ ->
                        elastic.step(plant.minute(elastic.state().effective())).effective())
                .toList();
    }

    private static double range(List<Double> shifts) {
        var statistics = statistics(shifts);
        return statistics.getMax() - statistics.getMin();
    }

    private static DoubleSummaryStatistics statistics(List<Double> shifts) {
        return DoubleStream.of(shifts.stream().mapToDouble(shift -> shift).toArray())
                .summaryStatistics();
    }
}
