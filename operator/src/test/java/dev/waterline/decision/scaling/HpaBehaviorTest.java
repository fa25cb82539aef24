package dev.waterline.decision.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.scaling.ScalingRules.Select;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * HPA's windows and rates, case by case. Where the two differ on purpose stands in {@code docs/reference/scaledworkload.md}, and
 * {@link HpaDeviationsTest} shows it.
 */
class HpaBehaviorTest {
    private static final Duration COOLDOWN = Duration.ofMinutes(5);

    /** Policies such as {@code 4p/15} and {@code 100%/15}; events such as {@code +3@-10}: three added ten seconds ago. */
    @ParameterizedTest(name = "{0} replicas, {1} of {2}, after {3}: up to {4}")
    @CsvSource(
            nullValues = "-",
            value = {
                // pods and percent
                "10,  MAX, 4p/15,           -,            14",
                "10,  MAX, 100%/15,         -,            20",
                "10,  MAX, 4p/15 100%/15,   -,            20",
                "3,   MAX, 4p/15 100%/15,   -,            7",
                "10,  MIN, 4p/15 100%/15,   -,            14",
                "10,  DISABLED, 4p/15,      -,            10",
                // a percentage is rounded up, so that it always allows something; with HPA's doubles
                "1,   MAX, 10%/15,          -,            2",
                "10,  MAX, 10%/15,          -,            11",
                "100, MAX, 10%/15,          -,            111",
                "1000, MAX, 5%/15,          -,            1050",
                // what was added within the period is taken off its start, what was removed is added to it
                "10,  MAX, 4p/60,           +3@-10,       11",
                "10,  MAX, 4p/60,           +4@-10,       10",
                "10,  MAX, 4p/60,           +6@-10,       10",
                "10,  MAX, 4p/60,           -2@-10,       16",
                "10,  MAX, 4p/60,           -3@-20 +3@-10, 14",
                "10,  MAX, 100%/60,         +5@-10,       10",
                "12,  MAX, 100%/60,         +5@-10,       14",
                // each policy has a period of its own, and an event at its very start is out
                "10,  MAX, 4p/60 2p/15,     +4@-30,       12",
                "10,  MIN, 4p/60 8p/120,    +4@-90,       14",
                "10,  MAX, 4p/60,           +4@-60,       14",
                "10,  MAX, 4p/60,           +4@-59,       10",
                // overflow saturates
                "2147483647, MAX, 4p/15,    -,            2147483647",
                "2147483647, MAX, 100%/15,  -,            2147483647",
            })
    void scaleUpIsPaced(int present, Select select, String policies, @Nullable String events, int limit) {
        assertThat(RateLimits.up(rules(0, select, policies), events(events), present, Play.START))
                .isEqualTo(limit);
    }

    @ParameterizedTest(name = "{0} replicas, {1} of {2}, after {3}: down to {4}")
    @CsvSource(
            nullValues = "-",
            value = {
                "10,  MAX, 4p/15,           -,            6",
                "10,  MAX, 100%/15,         -,            0",
                "10,  MAX, 10%/15,          -,            9",
                "10,  MAX, 4p/15 10%/15,    -,            6",
                "10,  MIN, 4p/15 10%/15,    -,            9",
                "10,  DISABLED, 4p/15,      -,            10",
                "2,   MAX, 4p/15,           -,            -2",
                // a percentage is cut off, so that it always allows something; with HPA's doubles
                "1,   MAX, 10%/15,          -,            0",
                "10,  MAX, 90%/15,          -,            0",
                "100, MAX, 10%/15,          -,            90",
                "10,  MAX, 200%/15,         -,            -10",
                // both kinds of events count
                "10,  MAX, 4p/60,           -3@-10,       9",
                "10,  MAX, 4p/60,           -4@-10,       10",
                "10,  MAX, 4p/60,           -6@-10,       10",
                "10,  MAX, 4p/60,           +2@-10,       4",
                "10,  MAX, 4p/60,           -3@-20 +3@-10, 6",
                "5,   MAX, 50%/60,          -5@-10,       5",
                "10,  MAX, 4p/60,           -4@-60,       6",
            })
    void scaleDownIsPaced(int present, Select select, String policies, @Nullable String events, int limit) {
        assertThat(RateLimits.down(rules(0, select, policies), events(events), present, Play.START))
                .isEqualTo(limit);
    }

    @Test
    void withoutABehaviorTheCountFallsToTheGreatestNumberOfFiveMinutes() {
        var play = new Play(new ScalingPolicy(1, 100, OptionalInt.empty(), COOLDOWN), 10);
        // what it had at first counts as a recommendation
        assertThat(play.at(0, 2)).isEqualTo(10);
        assertThat(play.at(15, 8)).isEqualTo(10);
        assertThat(play.at(300, 2)).as("the very end still counts").isEqualTo(10);
        assertThat(play.at(301, 2)).isEqualTo(8);
        assertThat(play.at(315, 2)).isEqualTo(8);
        assertThat(play.at(316, 2)).isEqualTo(2);
    }

    @Test
    void withoutABehaviorTheCountAtMostDoublesOrGoesToFourAtAPoll() {
        var play = new Play(new ScalingPolicy(1, 100, OptionalInt.empty(), COOLDOWN), 1);
        assertThat(play.at(0, 90)).isEqualTo(4);
        assertThat(play.poll(1, 90).decision().limits()).containsExactly(new Limit(Limit.Kind.ScaleUpLimit, 90, 8));
        assertThat(play.at(2, 90)).isEqualTo(16);
        assertThat(play.at(3, 90)).isEqualTo(32);
        assertThat(play.at(4, 90)).isEqualTo(64);
        assertThat(play.at(5, 90)).isEqualTo(90);
        assertThat(play.state().events().events()).as("events are of no use").isEmpty();
    }

    @Test
    void withoutABehaviorTheMaximumIsTheTighterLimit() {
        var play = new Play(new ScalingPolicy(1, 6, OptionalInt.empty(), COOLDOWN), 3);
        assertThat(play.poll(0, 90).decision().limits()).containsExactly(new Limit(Limit.Kind.AtMax, 90, 6));
    }

    @Test
    void aBehaviorThatIsGivenHasHpasDefaults() {
        assertThat(ScalingBehavior.DEFAULT)
                .isEqualTo(
                        new ScalingBehavior(rules(0, Select.MAX, "4p/15 100%/15"), rules(300, Select.MAX, "100%/15")));
        var play = play(ScalingBehavior.DEFAULT, 1, 2);
        assertThat(play.at(0, 90)).as("2 + 4 is more than 2 · 2").isEqualTo(6);
        assertThat(play.at(5, 90)).as("what was added counts for 15 s").isEqualTo(6);
        assertThat(play.at(15, 90)).isEqualTo(12);
        assertThat(play.at(30, 90)).isEqualTo(24);
        assertThat(play.at(45, 1)).isEqualTo(24);
        assertThat(play.at(329, 1)).isEqualTo(24);
        assertThat(play.at(330, 1)).as("90 was recommended 300 s ago").isEqualTo(1);
    }

    @Test
    void theStabilizationWindowOfScaleUpTakesTheLeastNumber() {
        var play = play(new ScalingBehavior(rules(60, Select.MAX, "100p/1"), ScalingRules.DOWN), 1, 5);
        assertThat(play.at(0, 9)).isEqualTo(5);
        assertThat(play.at(30, 7)).isEqualTo(5);
        assertThat(play.at(59, 9)).isEqualTo(5);
        assertThat(play.at(60, 9)).as("7 is the least since").isEqualTo(7);
        assertThat(play.at(89, 9)).isEqualTo(7);
        assertThat(play.at(90, 9)).isEqualTo(9);
        assertThat(play.at(91, 4)).isEqualTo(9);
    }

    @Test
    void aNumberBetweenBothWindowsKeepsTheCount() {
        var play = play(new ScalingBehavior(rules(120, Select.MAX, "100p/1"), rules(120, Select.MAX, "100%/1")), 1, 5);
        for (int second = 0; second < 1000; second += 10) {
            assertThat(play.at(second, second % 20 == 0 ? 3 : 8)).isEqualTo(5);
        }
    }

    @Test
    void bothKindsOfEventsCount() {
        var play = play(new ScalingBehavior(rules(0, Select.MAX, "4p/60"), rules(0, Select.MAX, "2p/60")), 1, 10);
        assertThat(play.at(0, 50)).isEqualTo(14);
        assertThat(play.at(10, 1)).as("it started at 10, so down to 8").isEqualTo(8);
        assertThat(play.at(20, 50)).as("it started at 10, so up to 14 again").isEqualTo(14);
        assertThat(play.at(30, 50)).isEqualTo(14);
        assertThat(play.at(61, 50))
                .as("the first four are out, and -6 +6 is nothing")
                .isEqualTo(18);
    }

    @Test
    void disabledKeepsADirection() {
        var up = play(new ScalingBehavior(rules(0, Select.DISABLED, "4p/15"), rules(0, Select.MAX, "100%/1")), 1, 5);
        assertThat(up.poll(0, 9).decision().limits()).containsExactly(new Limit(Limit.Kind.ScaleUpLimit, 9, 5));
        assertThat(up.at(1, 3)).isEqualTo(3);
        var down = play(new ScalingBehavior(ScalingRules.UP, rules(0, Select.DISABLED, "4p/15")), 1, 5);
        assertThat(down.poll(0, 3).decision().limits()).containsExactly(new Limit(Limit.Kind.ScaleDownLimit, 3, 5));
        assertThat(down.at(1, 7)).isEqualTo(7);
    }

    @Test
    void aCountOutsideOfItsBoundsIsPutBackAtOnceWhateverTheRates() {
        var slow = new ScalingBehavior(rules(600, Select.MAX, "1p/60"), rules(600, Select.MAX, "1p/60"));
        var play = play(slow, 5, 5);
        play.set(500);
        var down = play.poll(0, 40).decision();
        assertThat(down.to()).isEqualTo(100);
        assertThat(down.limits()).containsExactly(new Limit(Limit.Kind.AtMax, 500, 100));
        play.set(2);
        var up = play.poll(15, 40).decision();
        assertThat(up.to()).isEqualTo(5);
        assertThat(up.limits()).containsExactly(new Limit(Limit.Kind.AtMin, 2, 5));
    }

    @ParameterizedTest(name = "{0} replicas and {1}: {2}")
    @CsvSource({
        // some fail: the rest may raise the count only
        "5, 7 x, 7",
        "5, 5 x, 5",
        "5, 4 x, 5",
        "5, x 9 3, 9",
        // all fail: it is held
        "5, x, 5",
        "5, x x, 5",
        // none fails: the greatest counts
        "5, 3 4, 4",
        "5, 3 9, 9",
    })
    void numbersAreCombined(int present, String asked, int to) {
        var play = play(Workloads.UNLIMITED, 1, present);
        assertThat(play.at(
                        0,
                        Arrays.stream(asked.split(" "))
                                .mapToDouble(each -> each.equals("x") ? Double.NaN : Double.parseDouble(each))
                                .toArray()))
                .isEqualTo(to);
    }

    @ParameterizedTest(name = "tolerance {0} up and {1} down, {2} times what is due: {3} of 10")
    @CsvSource({
        "0.1, 0.1, 1.1, 10",
        "0.1, 0.1, 1.11, 12",
        "0.1, 0.1, 0.9, 10",
        "0.1, 0.1, 0.89, 9",
        "0, 0.1, 1.01, 11",
        "0, 0.1, 0.9, 10",
        "0.5, 0, 1.5, 10",
        "0.5, 0, 0.99, 10",
        "0.5, 0, 0.9, 9",
        "0, 0, 1, 10",
        "2, 1, 0, 10",
        "2, 1, 3, 10",
    })
    void eachDirectionHasAToleranceOfItsOwn(double up, double down, double ratio, int replicas) {
        assertThat(ReplicaArithmetic.replicas(
                        new Target(Target.Measure.AVERAGE_VALUE, 10, 0), new Tolerance(up, down), ratio * 100, 10))
                .isEqualTo(replicas);
    }

    private static Play play(ScalingBehavior behavior, int min, int present) {
        return new Play(Workloads.policy(min, 100, OptionalInt.empty(), COOLDOWN, behavior, Optional.empty()), present);
    }

    static ScalingRules rules(int window, Select select, String policies) {
        return new ScalingRules(Duration.ofSeconds(window), select, policies(policies));
    }

    private static List<RatePolicy> policies(String text) {
        return Arrays.stream(text.split(" "))
                .map(each -> each.split("(?=[p%])|/"))
                .map(parts -> new RatePolicy(
                        parts[1].startsWith("p") ? RatePolicy.Type.PODS : RatePolicy.Type.PERCENT,
                        Integer.parseInt(parts[0]),
                        Duration.ofSeconds(Integer.parseInt(parts[2]))))
                .toList();
    }

    private static ScaleEvents events(@Nullable String text) {
        return text == null
                ? ScaleEvents.NONE
                : new ScaleEvents(Arrays.stream(text.split(" "))
                        .map(each -> each.split("@"))
                        .map(parts -> new ScaleEvents.ScaleEvent(
                                Play.START.plusSeconds(Integer.parseInt(parts[1])), Integer.parseInt(parts[0])))
                        .toList());
    }
}
