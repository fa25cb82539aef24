package dev.waterline.decision.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ElasticSentenceTest {

    @Test
    void aMoveNamesBothShiftsAndBothBurns() {
        var elastic = Elastic.at(-3);
        var before = elastic.state();
        var burn = new BudgetBurn.Measured(2.436, 1.2);
        elastic.step(burn);
        var after = elastic.step(new BudgetBurn.Measured(9, 1.2));

        assertThat(ElasticSentence.moved(before, after, burn))
                .isEqualTo(
                        "thresholds move from -3.0 to -6.5 points: the error budget burns at 2.44 over 5 minutes and at"
                                + " 1.20 over an hour, where 1 uses it up exactly");
    }

    @Test
    void whatIsUnknownSaysWhyAndWhatHappensMeanwhile() {
        var elastic = Elastic.at(-3);
        elastic.step(Elastic.UNKNOWN);
        assertThat(ElasticSentence.state(elastic.state(), Optional.of(Elastic.UNKNOWN)))
                .isEqualTo("no answer within 3s; the shift is held.");

        elastic.steps(10, Elastic.UNKNOWN, Elastic.BUSY);
        assertThat(ElasticSentence.state(elastic.state(), Optional.of(Elastic.UNKNOWN)))
                .isEqualTo("no answer within 3s; the shift goes back to 0.");
        assertThat(ElasticSentence.state(elastic.state(), Optional.empty()))
                .isEqualTo("The objective has not been measured yet; the shift goes back to 0.");
    }

    @Test
    void anAcquittalSaysWhatToDo() {
        var elastic = Elastic.at(-22);
        var before = elastic.steps(10, Elastic.burn(3), OptionalDouble.of(0));
        var after = elastic.step(Elastic.burn(3), OptionalDouble.of(0));

        assertThat(ElasticSentence.moved(before, after, Elastic.burn(3)))
                .isEqualTo("thresholds move from -22.0 to -21.5 points: The objective is missed although the tiers that"
                        + " may freeze take less than 5 % of the pool: look for another cause. The shift goes back"
                        + " to 0.");
    }
}
