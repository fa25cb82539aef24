package dev.waterline.decision.pressure;

import static dev.waterline.decision.pressure.Policies.cpu;
import static dev.waterline.decision.pressure.Policies.memory;
import static dev.waterline.decision.pressure.Policies.tier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EffectiveLadderTest {
    private static final Tier LOW = tier("low", 0, cpu(0.70, 0.62));
    private static final Tier MID = tier("mid", 1000, cpu(0.82, 0.75), memory(0.90, 0.80));
    private static final Tier TOP = tier("top", 5000);
    private static final List<Tier> TIERS = List.of(LOW, MID, TOP);

    @Test
    void aWindowReplacesWhatItNamesAndNothingElse() {
        var ladder = ladder(override("t0", "mid", cpu(0.60, 0.52))).at(Set.of("t0"), Shift.NONE);

        assertThat(ladder.thresholds(1))
                .containsExactly(
                        new Threshold("cpu", 0.60, 0.52, "mid", new Origin.Window("t0")),
                        new Threshold("memory", 0.90, 0.80, "mid"));
    }

    @Test
    void whatAWindowLowersForATierItLowersForEveryTierBelow() {
        var ladder = ladder(override("t0", "mid", cpu(0.60, 0.52))).at(Set.of("t0"), Shift.NONE);

        assertThat(ladder.thresholds(0)).contains(new Threshold("cpu", 0.60, 0.52, "mid", new Origin.Window("t0")));
    }

    @Test
    void aWindowMayRaise() {
        var ladder = ladder(override("quiet", "low", cpu(0.80, 0.70))).at(Set.of("quiet"), Shift.NONE);

        assertThat(ladder.thresholds(0)).contains(new Threshold("cpu", 0.80, 0.70, "low", new Origin.Window("quiet")));
    }

    @Test
    void ofOverlappingWindowsTheLowerValueWinsForEachLevelByItself() {
        var ladder = ladder(override("a", "mid", cpu(0.60, 0.58)), override("b", "mid", cpu(0.65, 0.50)))
                .at(Set.of("a", "b"), Shift.NONE);

        assertThat(ladder.thresholds(1)).contains(new Threshold("cpu", 0.60, 0.50, "mid", new Origin.Window("a")));
    }

    @Test
    void aWindowThatIsNotInEffectChangesNothing() {
        var ladder = ladder(override("t0", "mid", cpu(0.60, 0.52))).at(Set.of(), Shift.NONE);

        assertThat(ladder.thresholds(0)).isEqualTo(new Ladder(TIERS).thresholds(0));
        assertThat(ladder.thresholds(1)).isEqualTo(new Ladder(TIERS).thresholds(1));
    }

    @Test
    void theFloorsOfAWindowAreKnownBeforeItBegins() {
        var windowed = ladder(override("t0", "top", cpu(0.95, 0.85)));

        assertThat(new Ladder(TIERS).floors()).containsExactly(1000, 5000);
        assertThat(windowed.at(Set.of(), Shift.NONE).floors())
                .containsExactly(1000, 5000, Ladder.ABOVE_EVERY_USER_PRIORITY);
        assertThat(windowed.at(Set.of(), Shift.NONE).thresholds(2)).isEmpty();
        assertThat(windowed.at(Set.of("t0"), Shift.NONE).thresholds(2)).hasSize(1);
    }

    @Test
    void aWindowForATierOfTheClustersOwnPodsIsRefusedBeforeItBegins() {
        var ladder = new EffectiveLadder(
                List.of(LOW, tier("system", 2_000_000_000)), List.of(override("t0", "system", cpu(0.9, 0.8))));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ladder.at(Set.of(), Shift.NONE))
                .withMessageStartingWith("tier system begins at priority 2000000000");
    }

    @Test
    void aWindowThatNamesNoTierOfTheLadderIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ladder(override("t0", "middle", cpu(0.6, 0.5))))
                .withMessage(
                        "window t0 names tier middle, which the ladder does not have: add the tier or correct the name");
    }

    @Test
    void theShiftMovesBothLevelsOfEveryTierAndSaysSo() {
        var ladder = ladder(override("t0", "mid", cpu(0.80, 0.70))).at(Set.of("t0"), new Shift(-10));

        var low = ladder.thresholds(0).getFirst();
        assertThat(low.freezeAbove()).isEqualTo(0.60, offset(1e-12));
        assertThat(low.thawBelow()).isEqualTo(0.52, offset(1e-12));
        assertThat(low.origin().text()).isEqualTo("Elastic");
        var mid = ladder.thresholds(1).getFirst();
        assertThat(mid.freezeAbove()).isEqualTo(0.70, offset(1e-12));
        assertThat(((Origin.Elastic) mid.origin()).from()).isEqualTo(new Origin.Window("t0"));
    }

    @ParameterizedTest(name = "{0}/{1} shifted by {2} is {3}/{4}")
    @CsvSource({
        "0.70, 0.62, -22, 0.48, 0.40",
        "0.70, 0.62, 5, 0.75, 0.67",
        "0.10, 0.05, -22, 0.06, 0.01",
        "1.45, 1.00, 22, 1.50, 1.05",
        "0.05, 0.005, -3, 0.05, 0.005",
        "1.50, 1.40, 3, 1.50, 1.40",
    })
    void aShiftKeepsTheGapAndStopsAtTheEndsOfTheRange(
            double freeze, double thaw, double points, double freezeAfter, double thawAfter) {
        var shifted = new Shift(points).applied(new Threshold("cpu", freeze, thaw, "low"));

        assertThat(shifted.freezeAbove()).isEqualTo(freezeAfter, offset(1e-9));
        assertThat(shifted.thawBelow()).isEqualTo(thawAfter, offset(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aShiftThatIsNotFiniteIsRefused(double points) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Shift(points));
    }

    @ParameterizedTest
    @MethodSource("dev.waterline.decision.pressure.Seeds#seeds")
    void whateverWindowsAndShiftDoTheLadderIsMonotoneAndEveryGapIsOpen(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            var tiers = RandomPolicies.next(random).ladder().tiers();
            var windows = new ArrayList<WindowOverride>();
            var active = new HashSet<String>();
            for (int w = 0; w < random.nextInt(4); w++) {
                windows.add(randomOverride("w" + w, tiers, random));
                if (random.nextBoolean()) {
                    active.add("w" + w);
                }
            }
            var ladder = new EffectiveLadder(tiers, windows).at(active, new Shift(random.nextDouble(-120, 120)));
            for (int i = 0; i < tiers.size(); i++) {
                for (var threshold : ladder.thresholds(i)) {
                    assertThat(threshold.thawBelow()).isLessThan(threshold.freezeAbove());
                    assertThat(threshold.freezeAbove()).isBetween(0.01, 1.5);
                    assertThat(ladder.floors()).contains(ladder.floorAbove(i));
                }
                if (i > 0) {
                    assertCoversAll(ladder.thresholds(i - 1), ladder.thresholds(i));
                }
            }
        }
    }

    private static void assertCoversAll(List<Threshold> lower, List<Threshold> higher) {
        for (var threshold : higher) {
            assertThat(lower)
                    .anyMatch(own -> own.signal().equals(threshold.signal())
                            && own.freezeAbove() <= threshold.freezeAbove()
                            && own.thawBelow() <= threshold.thawBelow());
        }
    }

    private static WindowOverride randomOverride(String name, List<Tier> tiers, Random random) {
        var waterlines = new HashMap<String, List<Waterline>>();
        for (var tier : tiers) {
            if (random.nextBoolean()) {
                double freezeAbove = random.nextDouble(0.05, 1.5);
                waterlines.put(tier.name(), List.of(cpu(freezeAbove, freezeAbove * random.nextDouble(0.2, 0.99))));
            }
        }
        return new WindowOverride(name, waterlines);
    }

    private static EffectiveLadder ladder(WindowOverride... windows) {
        return new EffectiveLadder(TIERS, List.of(windows));
    }

    private static WindowOverride override(String window, String tier, Waterline... waterlines) {
        return new WindowOverride(window, Map.of(tier, List.of(waterlines)));
    }
}
