package dev.waterline.decision.pressure;

import static dev.waterline.decision.pressure.Policies.cpu;
import static dev.waterline.decision.pressure.Policies.memory;
import static dev.waterline.decision.pressure.Policies.tier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LadderTest {

    @Test
    void aLadderThatIsMonotoneAsWrittenIsInEffectAsWritten() {
        var ladder = ladder(tier("low", 0, cpu(0.70, 0.62)), tier("mid", 1000, cpu(0.82, 0.75)), tier("top", 5000));
        assertThat(ladder.thresholds(0)).containsExactly(new Threshold("cpu", 0.70, 0.62, "low"));
        assertThat(ladder.thresholds(1)).containsExactly(new Threshold("cpu", 0.82, 0.75, "mid"));
        assertThat(ladder.thresholds(2)).isEmpty();
    }

    @Test
    void aStricterHigherTierLowersEveryTierBelowIt() {
        var ladder = ladder(
                tier("low", 0, cpu(0.90, 0.85)),
                tier("mid", 1000, cpu(0.60, 0.50)),
                tier("top", 5000, cpu(0.80, 0.70)));
        assertThat(ladder.thresholds(0)).containsExactly(new Threshold("cpu", 0.60, 0.50, "mid"));
        assertThat(ladder.thresholds(1)).containsExactly(new Threshold("cpu", 0.60, 0.50, "mid"));
        assertThat(ladder.thresholds(2)).containsExactly(new Threshold("cpu", 0.80, 0.70, "top"));
    }

    @Test
    void freezeAndThawTakeTheirMinimaApartAndTheOriginIsTheFreezersOne() {
        var ladder = ladder(tier("low", 0, cpu(0.70, 0.68)), tier("top", 1000, cpu(0.80, 0.50)));
        assertThat(ladder.thresholds(0)).containsExactly(new Threshold("cpu", 0.70, 0.50, "low"));
    }

    @Test
    void anEqualThresholdIsTheTiersOwn() {
        var ladder = ladder(tier("low", 0, cpu(0.80, 0.70)), tier("top", 1000, cpu(0.80, 0.70)));
        assertThat(ladder.thresholds(0)).containsExactly(new Threshold("cpu", 0.80, 0.70, "low"));
    }

    @Test
    void eachSignalIsALadderOfItsOwnAndALowerTierInheritsSignalsItDoesNotName() {
        var ladder = ladder(
                tier("low", 0, cpu(0.70, 0.60)),
                tier("mid", 1000, memory(0.85, 0.80), cpu(0.65, 0.64)),
                tier("top", 5000, memory(0.90, 0.70)));
        assertThat(ladder.thresholds(0))
                .containsExactly(new Threshold("cpu", 0.65, 0.60, "mid"), new Threshold("memory", 0.85, 0.70, "mid"));
        assertThat(ladder.thresholds(1))
                .containsExactly(new Threshold("cpu", 0.65, 0.64, "mid"), new Threshold("memory", 0.85, 0.70, "mid"));
        assertThat(ladder.thresholds(2)).containsExactly(new Threshold("memory", 0.90, 0.70, "top"));
    }

    @Test
    void aTierWithoutAWaterlineBelowOneThatHasItFreezesWithIt() {
        var ladder = ladder(tier("low", 0), tier("mid", 1000, cpu(0.80, 0.70)), tier("top", 5000));
        assertThat(ladder.thresholds(0)).containsExactly(new Threshold("cpu", 0.80, 0.70, "mid"));
        assertThat(ladder.floors()).containsExactly(1000, 5000);
    }

    @Test
    void theFloorIsWhereTheNextTierBegins() {
        var ladder = ladder(tier("low", 0, cpu(0.70, 0.62)), tier("mid", 0, cpu(0.82, 0.75)), tier("top", 5000));
        assertThat(ladder.floorAbove(0)).isZero();
        assertThat(ladder.floorAbove(1)).isEqualTo(5000);
        assertThat(ladder.floors()).containsExactly(0, 5000);
    }

    @Test
    void theFloorAboveTheLastTierIsAboveEveryPriorityThatAUserMayGive() {
        var ladder = ladder(tier("only", 0, cpu(0.70, 0.62)));
        assertThat(ladder.floorAbove(0)).isEqualTo(1_000_000_001);
        assertThat(ladder.floors()).containsExactly(1_000_000_001);
    }

    @Test
    void aLadderOfProtectedTiersAsksForNoFloor() {
        assertThat(ladder(tier("low", 0), tier("top", 5000)).floors()).isEmpty();
    }

    @Test
    void theMinimumOfTheFirstTierHasNoEffect() {
        assertThat(ladder(tier("low", 7000, cpu(0.70, 0.62)), tier("top", 5000)).floors())
                .containsExactly(5000);
    }

    @Test
    void aLadderHasATierAndEachItsName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ladder(List.of()))
                .withMessage("a ladder needs at least one tier");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ladder(tier("a", 0), tier("b", 10), tier("a", 20)))
                .withMessage("tier names must be unique");
    }

    @ParameterizedTest(name = "mid from {0}, top from {1}")
    @CsvSource({
        "1000, 1000, tier top begins at priority 1000 and above tier mid's 1000",
        "1000, 999, tier top begins at priority 999 and above tier mid's 1000",
        "-1, 1000, tier mid begins at priority -1 and above tier low's 0",
    })
    void minimumPrioritiesRiseAndAreNeverNegative(int mid, int top, String names) {
        var sentence = names.replace(" and above", ", which is not above")
                + ": list the tiers from the lowest priority to the highest";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ladder(tier("low", 0), tier("mid", mid), tier("top", top)))
                .withMessage(sentence);
    }

    @Test
    void aTierOfTheClustersOwnPodsIsProtected() {
        assertThat(ladder(tier("low", 0, cpu(0.70, 0.62)), tier("system", 2_000_000_000))
                        .floors())
                .containsExactly(2_000_000_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ladder(tier("low", 0), tier("system", 2_000_000_000, cpu(0.70, 0.62))))
                .withMessage(
                        "tier system begins at priority 2000000000, where only pods of the cluster itself are, and those"
                                + " are never frozen: remove the waterlines of this tier and of those above it");
    }

    @Test
    void theHighestPriorityOfAUserMayBeFrozen() {
        assertThat(ladder(tier("low", 0), tier("highest", 1_000_000_000, cpu(0.70, 0.62)))
                        .floors())
                .containsExactly(1_000_000_000, 1_000_000_001);
    }

    @ParameterizedTest(name = "freezeAbove {0}, thawBelow {1}")
    @CsvSource({"0.7, 0.7", "0.7, 0.8", "NaN, 0.6", "0.7, NaN", "Infinity, 0.7", "0.7, -Infinity"})
    void aWaterlineThawsBelowWhereItFreezesAndBothAreFinite(double freezeAbove, double thawBelow) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cpu(freezeAbove, thawBelow))
                .withMessage("thawBelow (" + thawBelow + ") must be lower than freezeAbove (" + freezeAbove
                        + "), both finite");
    }

    @Test
    void aPolicyHasEverySignalThatItsTiersName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policies.of(tier("low", 0, memory(0.7, 0.6))))
                .withMessage("tier low has a waterline for signal memory, which the policy does not have");
    }

    private static Ladder ladder(Tier... tiers) {
        return new Ladder(List.of(tiers));
    }
}
