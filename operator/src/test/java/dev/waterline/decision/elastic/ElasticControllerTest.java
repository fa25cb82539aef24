package dev.waterline.decision.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElasticControllerTest {
    private static final OptionalDouble GONE = OptionalDouble.of(0.04);

    @ParameterizedTest
    @CsvSource({
        // burn, e by the formula, the first change (integral alone, for there is no error before)
        "0.8, 0, 0",
        "0.73, 0, 0",
        "0.88, 0, 0",
        "0.6, 0.28768, 0.17261",
        "0, 1, 0.5",
        "0.001, 1, 0.5",
        "1.6, -0.69315, -0.41589",
        "1000, -2, -1.2"
    })
    void theFirstStepMovesByTheIntegralOfTheError(double burn, double error, double change) {
        var state = Elastic.fresh().step(burn);

        assertThat(state.lastError().orElseThrow()).isCloseTo(error, within(1e-4));
        assertThat(state.shift()).isCloseTo(change, within(1e-4));
        assertThat(state.phase()).isEqualTo(ElasticPhase.Following);
    }

    @Test
    void aJumpOfTheErrorAddsItsProportion() {
        var elastic = Elastic.fresh();
        elastic.step(0.8);

        double jump = -Math.log(2);
        assertThat(elastic.step(1.6).shift()).isCloseTo((2.0 + 0.6) * jump, within(1e-9));
        assertThat(elastic.step(1.6).shift()).isCloseTo((2.0 + 0.6 + 0.6) * jump, within(1e-9));
    }

    @Test
    void itFallsByThreePointsAMinuteAtMostAndRisesByHalfAPoint() {
        var elastic = Elastic.at(-10);
        elastic.step(0.001);
        double before = elastic.state().shift();

        assertThat(elastic.step(1000).shift()).isCloseTo(before - 3, within(1e-9));
        before = elastic.state().shift();
        assertThat(elastic.step(0).shift()).isCloseTo(before + 0.5, within(1e-9));
    }

    @Test
    void itStaysWithinItsLimitsAndComesOffThemAtTheFirstStepForItHasNotWoundUp() {
        var elastic = Elastic.fresh();

        assertThat(elastic.steps(600, 50).effective()).isEqualTo(-22);
        assertThat(elastic.step(0.1).shift()).isEqualTo(-21.5);

        assertThat(elastic.steps(600, 0).effective()).isEqualTo(4);
        assertThat(elastic.step(50).shift()).isEqualTo(1);
    }

    @Test
    void aSlowWindowThatBurnsVetoesRisesAndNotFalls() {
        var elastic = Elastic.at(-10);

        assertThat(elastic.step(new BudgetBurn.Measured(0, 1.01)).shift()).isEqualTo(-10);
        assertThat(elastic.step(new BudgetBurn.Measured(5, 1.01)).shift()).isLessThan(-10);
        double low = elastic.state().shift();
        assertThat(elastic.step(new BudgetBurn.Measured(0, 1)).shift()).isEqualTo(low + 0.5);
    }

    @Test
    void itTakesEffectInStepsOfHalfAPointAndRestsInBetween() {
        var elastic = Elastic.fresh();
        elastic.step(1.0);
        var resting = elastic.step(1.0);

        assertThat(resting.shift()).isBetween(-0.3, -0.2);
        assertThat(resting.effective()).isZero();
        assertThat(resting.since()).isEqualTo(Elastic.START);

        var moved = elastic.steps(2, 1.0);
        assertThat(moved.shift()).isBetween(-0.6, -0.5);
        assertThat(moved.effective()).isEqualTo(-0.5);
        assertThat(moved.since()).isEqualTo(elastic.now());
    }

    @Test
    void anUnknownBurnIsHeldForTenMinutesAndThenGoesBackToWhatPeopleWroteAtThePaceOfARise() {
        var elastic = Elastic.at(-2);
        assertThat(elastic.steps(10, Elastic.UNKNOWN, Elastic.BUSY).shift()).isEqualTo(-2);
        assertThat(elastic.state().phase()).isEqualTo(ElasticPhase.Holding);

        assertThat(elastic.step(Elastic.UNKNOWN).shift()).isEqualTo(-1.5);
        assertThat(elastic.state().phase()).isEqualTo(ElasticPhase.Returning);
        assertThat(elastic.steps(3, Elastic.UNKNOWN, Elastic.BUSY).shift()).isZero();
        assertThat(elastic.steps(100, Elastic.UNKNOWN, Elastic.BUSY).effective())
                .isZero();

        var raised = Elastic.at(3);
        raised.steps(11, Elastic.UNKNOWN, Elastic.BUSY);
        assertThat(raised.state().shift()).isEqualTo(2.5);
        assertThat(raised.steps(20, Elastic.UNKNOWN, Elastic.BUSY).shift()).isZero();
    }

    @Test
    void oneKnownBurnEndsTheWaitForTheReturn() {
        var elastic = Elastic.at(-2);
        elastic.steps(9, Elastic.UNKNOWN, Elastic.BUSY);
        elastic.step(0.8);

        assertThat(elastic.steps(9, Elastic.UNKNOWN, Elastic.BUSY).phase()).isEqualTo(ElasticPhase.Holding);
        assertThat(elastic.state().shift()).isEqualTo(-2);
    }

    @Test
    void lowerTiersThatAreGoneAndHaveChangedNothingAreNotTheCauseAndTheShiftGoesBack() {
        var elastic = Elastic.at(-22);
        assertThat(elastic.steps(10, Elastic.burn(3), GONE).phase()).isEqualTo(ElasticPhase.Following);

        assertThat(elastic.step(Elastic.burn(3), GONE).phase()).isEqualTo(ElasticPhase.NotTheCause);
        assertThat(elastic.state().shift()).isEqualTo(-21.5);
        assertThat(elastic.steps(43, Elastic.burn(3), Elastic.BUSY).shift()).isZero();
        assertThat(elastic.step(3).shift()).isZero();
    }

    @Test
    void theVerdictEndsWithTheBurnOrAfterTwoHours() {
        var met = Elastic.at(-22);
        met.steps(11, Elastic.burn(3), GONE);
        assertThat(met.step(0.5).phase()).isEqualTo(ElasticPhase.Following);

        var reviewed = Elastic.at(-22);
        reviewed.steps(11, Elastic.burn(3), GONE);
        assertThat(reviewed.steps(119, 3).phase()).isEqualTo(ElasticPhase.NotTheCause);
        assertThat(reviewed.step(3).phase()).isEqualTo(ElasticPhase.Following);
        assertThat(reviewed.state().shift()).isNegative();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown share", "share of 5 %", "burn of 1", "not at the minimum", "a gap"})
    void nobodyIsAcquittedOtherwise(String otherwise) {
        var elastic = Elastic.at(otherwise.equals("not at the minimum") ? -1 : -22);
        if (otherwise.equals("not at the minimum")) {
            assertThat(elastic.steps(11, Elastic.burn(1), GONE).phase()).isEqualTo(ElasticPhase.Following);
            return;
        }
        for (int i = 0; i < 60; i++) {
            var phase = switch (otherwise) {
                case "unknown share" ->
                    elastic.step(Elastic.burn(3), OptionalDouble.empty()).phase();
                case "share of 5 %" ->
                    elastic.step(Elastic.burn(3), OptionalDouble.of(0.05)).phase();
                case "burn of 1" ->
                    elastic.step(new BudgetBurn.Measured(1, 2), GONE).phase();
                default ->
                    elastic.step(i % 5 == 4 ? Elastic.UNKNOWN : Elastic.burn(3), GONE)
                            .phase();
            };
            assertThat(phase).isNotEqualTo(ElasticPhase.NotTheCause);
        }
    }

    @Test
    void editedLimitsActAtOnceAndWinOverEverything() {
        var elastic = Elastic.at(-22);
        elastic.edit(new ElasticPolicy(0.999, 1000, -5, 0));
        assertThat(elastic.state().effective()).isEqualTo(-5);
        assertThat(elastic.state().since()).isEqualTo(elastic.now());

        elastic.edit(new ElasticPolicy(0.999, 1000, 0, 0));
        assertThat(elastic.state().effective()).isZero();
        assertThat(elastic.steps(30, 50).effective()).isZero();
        assertThat(elastic.state().phase()).isEqualTo(ElasticPhase.Following);
    }

    @Test
    void aRestartKeepsTheShiftInEffectAndTakesTheFirstErrorForTheOneBefore() {
        var elastic = Elastic.at(-10);
        elastic.steps(3, 1.6);
        var before = elastic.state();
        elastic.restart();

        assertThat(elastic.state().effective()).isEqualTo(before.effective());
        assertThat(elastic.state().since()).isEqualTo(before.since());
        assertThat(elastic.step(0.4).shift()).isCloseTo(before.effective() + 0.6 * Math.log(2), within(1e-9));
    }

    @Test
    void manyRestartsInARowDoNotMakeManySteps() {
        var controller = new ElasticController(ElasticController.PERIOD);
        var restored = ElasticState.restored(-3, Elastic.START, ElasticPhase.Following, Elastic.START.plusSeconds(20));

        assertThat(controller.isDue(restored, Elastic.START.plusSeconds(59))).isFalse();
        assertThat(controller.isDue(restored, Elastic.START.plusSeconds(60))).isTrue();
        assertThat(controller.isDue(ElasticState.beginning(Elastic.START), Elastic.START))
                .isTrue();
    }

    @Test
    void theVerdictOutlivesARestart() {
        var elastic = Elastic.at(-22);
        elastic.steps(11, Elastic.burn(3), GONE);
        elastic.restart();

        assertThat(elastic.step(3).phase()).isEqualTo(ElasticPhase.NotTheCause);
        assertThat(elastic.state().shift()).isEqualTo(-21);
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -3600, -61, 61, 3600, 86_400})
    void aClockThatJumpsCostsOrGainsOneStep(long seconds) {
        var controller = new ElasticController(ElasticController.PERIOD);
        var elastic = Elastic.at(-10);
        elastic.step(5);
        var before = elastic.state();

        elastic.clock(Duration.ofSeconds(seconds));
        assertThat(controller.isDue(elastic.state(), elastic.now())).isTrue();
        assertThat(elastic.step(5).shift()).isBetween(before.shift() - 3, before.shift());
        assertThat(controller.isDue(elastic.state(), elastic.now())).isFalse();
    }

    @Test
    void aClockSetBackDoesNotProlongTheHold() {
        var elastic = Elastic.at(-2);
        elastic.steps(5, Elastic.UNKNOWN, Elastic.BUSY);
        elastic.clock(Duration.ofHours(-5));

        assertThat(elastic.steps(12, Elastic.UNKNOWN, Elastic.BUSY).phase()).isEqualTo(ElasticPhase.Returning);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aShiftThatIsNotFiniteCannotBeHeldNorRestored(double value) {
        assertThat(ElasticState.restored(value, Elastic.START, ElasticPhase.Following, Elastic.START)
                        .effective())
                .isZero();
        assertThatThrownBy(() -> state(value, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> state(0, value, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> state(0, 0, value)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -1})
    void aShareThatIsNoneAcquitsNobody(double share) {
        var elastic = Elastic.at(-22);

        assertThat(elastic.steps(30, Elastic.burn(3), OptionalDouble.of(share)).phase())
                .isEqualTo(ElasticPhase.Following);
    }

    @Test
    void atAnotherPeriodThePaceAMinuteIsTheSame() {
        var controller = new ElasticController(Duration.ofSeconds(30));
        var state = controller.step(
                Elastic.POLICY, ElasticState.beginning(Elastic.START), Elastic.burn(0), Elastic.BUSY, Elastic.START);

        assertThat(state.shift()).isEqualTo(0.25);
    }

    private static ElasticState state(double shift, double effective, double error) {
        return new ElasticState(
                shift,
                effective,
                Instant.EPOCH,
                Instant.EPOCH,
                ElasticPhase.Following,
                OptionalDouble.of(error),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
