package dev.waterline.decision.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.pressure.FreezeDecision.Freeze;
import dev.waterline.decision.pressure.FreezeDecision.Thaw;
import dev.waterline.decision.pressure.RandomTrace.Pass;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds in every single step, whatever readings, outages, absences, gaps, edits and restarts came before. */
class StepPropertyTest {
    private static final String SEEDS = "dev.waterline.decision.pressure.Seeds#seeds";
    private static final int PASSES = 300;

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void theFrozenSetIsAPrefixOfTheLadderAndTheFloorIsWhereItEnds(long seed) {
        RandomTrace.ofEverything(seed)
                .play(
                        PASSES,
                        pass -> pass.step().nodes().forEach((node, state) -> {
                            var ladder = pass.policy().ladder();
                            int height = state.frozen().size();
                            var prefix = ladder.tiers().stream()
                                    .limit(height)
                                    .map(Tier::name)
                                    .toList();
                            assertThat(state.frozen().keySet()).containsExactlyInAnyOrderElementsOf(prefix);
                            var wanted = pass.step().contributions().get(node);
                            assertThat(wanted == null).isEqualTo(height == 0);
                            if (wanted != null) {
                                assertThat(wanted.floor()).isEqualTo(ladder.floorAbove(height - 1));
                                assertThat(wanted.tier()).isEqualTo(prefix.getLast());
                                assertThat(wanted.tiers()).isEqualTo(prefix);
                            }
                        }));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void decisionsAreExactlyTheDifferenceBetweenTheStates(long seed) {
        RandomTrace.ofEverything(seed)
                .play(
                        PASSES,
                        pass -> pass.step().nodes().forEach((node, state) -> {
                            var frozen = new HashSet<>(frozenBefore(pass, node));
                            for (var decision : decisions(pass, node)) {
                                boolean changes = switch (decision) {
                                    case Freeze freeze -> frozen.add(freeze.tier());
                                    case Thaw thaw -> frozen.remove(thaw.tier());
                                };
                                assertThat(changes)
                                        .as("%s changes something", decision)
                                        .isTrue();
                            }
                            assertThat(state.frozen()).containsOnlyKeys(frozen);
                            assertThat(decisions(pass, node))
                                    .extracting(FreezeDecision::tier)
                                    .doesNotHaveDuplicates();
                        }));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void nothingFreezesWithoutAFreshReadingAtOrAboveItsThreshold(long seed) {
        RandomTrace.ofEverything(seed)
                .play(
                        PASSES,
                        pass -> pass.step().decisions().forEach(decision -> {
                            if (decision instanceof Freeze(String node, String tier, Evidence why)) {
                                var reasons = why instanceof Evidence.Several(List<Evidence> all) ? all : List.of(why);
                                reasons.forEach(reason -> supports(pass, node, tier, reason));
                            }
                        }));
    }

    private static void supports(Pass pass, String node, String tier, Evidence reason) {
        switch (reason) {
            case Evidence.Hot(Threshold threshold, double value, Duration _) -> {
                assertThat(value).isGreaterThanOrEqualTo(threshold.freezeAbove());
                assertFresh(pass, node, tier, threshold, value);
            }
            case Evidence.HotWithReserved(Threshold threshold, double value, double reserved, Duration _) -> {
                assertThat(value + reserved).isGreaterThanOrEqualTo(threshold.freezeAbove());
                assertFresh(pass, node, tier, threshold, value);
            }
            case Evidence.Panic panic -> {
                assertThat(thresholds(pass, tier)).isNotEmpty();
                assertThat(isFresh(pass, panic.signal(), node)).isTrue();
                assertThat(ratios(pass, panic.signal()).get(node))
                        .isGreaterThanOrEqualTo(pass.policy().timing().panicAbove());
            }
            case Evidence.HigherTier(String above) -> {
                assertThat(tiersAbove(pass, tier)).contains(above);
                assertThat(tiersAbove(pass, tier)).containsAnyElementsOf(frozenBefore(pass, node));
            }
            default -> throw new AssertionError("no evidence for a freeze: " + reason);
        }
    }

    private static void assertFresh(Pass pass, String node, String tier, Threshold threshold, double value) {
        assertThat(thresholds(pass, tier)).contains(threshold);
        assertThat(isFresh(pass, threshold.signal(), node)).isTrue();
        assertThat(smoothed(pass, node, threshold.signal())).isEqualTo(value);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void nothingThawsInTheBandNorWithoutDataBeforeTheOutageIsOver(long seed) {
        var silentSince = new HashMap<String, Instant>();
        RandomTrace.ofEverything(seed).play(PASSES, pass -> {
            if (pass.summaryBefore().nodes() == 0) {
                silentSince.clear();
            }
            pass.policy().signals().forEach(signal -> {
                if (pass.answers().get(signal.name()) instanceof SourceAnswer.Silent) {
                    silentSince.putIfAbsent(signal.name(), pass.now());
                } else {
                    silentSince.remove(signal.name());
                }
            });
            pass.step().decisions().forEach(decision -> {
                if (decision instanceof Thaw(String node, String tier, Evidence why)) {
                    var thresholds = thresholds(pass, tier);
                    assertThat(why instanceof Evidence.NoWaterline).isEqualTo(thresholds.isEmpty());
                    thresholds.forEach(threshold -> mayThaw(pass, node, threshold, silentSince));
                }
            });
        });
    }

    private static void mayThaw(Pass pass, String node, Threshold threshold, Map<String, Instant> silentSince) {
        var outage = pass.policy().outage();
        var last = after(pass, node).readings().get(threshold.signal());
        if (pass.answers().get(threshold.signal()) instanceof SourceAnswer.Answered) {
            if (last != null) {
                assertThat(last).isLessThan(threshold.thawBelow());
            } else {
                assertThat(isFresh(pass, threshold.signal(), node)).isFalse();
            }
        } else {
            assertThat(outage.thenThaw()).isTrue();
            assertThat(silentSince.get(threshold.signal()))
                    .isBeforeOrEqualTo(pass.now().minus(outage.hold()));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void nothingThawsBeforeTheHoldSinceItWasLastSeenHotIsOver(long seed) {
        var lastHot = new HashMap<String, Instant>();
        RandomTrace.ofEverything(seed).play(PASSES, pass -> {
            pass.step().decisions().forEach(decision -> {
                if (decision instanceof Thaw(String node, String tier, Evidence why)
                        && !(why instanceof Evidence.NoWaterline)) {
                    assertThat(lastHot.getOrDefault(node + "/" + tier, Instant.EPOCH))
                            .isBeforeOrEqualTo(
                                    pass.now().minus(pass.policy().timing().minHold()));
                }
            });
            pass.policy()
                    .ladder()
                    .tiers()
                    .forEach(tier -> thresholds(pass, tier.name()).forEach(threshold -> {
                        if (pass.answers().get(threshold.signal())
                                instanceof SourceAnswer.Answered(var ratios, Instant at)) {
                            ratios.keySet().stream()
                                    .filter(node -> smoothed(pass, node, threshold.signal()) >= threshold.freezeAbove())
                                    .forEach(node ->
                                            lastHot.merge(node + "/" + tier.name(), at, StepPropertyTest::later));
                        }
                    }));
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void theSameInputGivesTheSameOutputInWhateverMapItComes(long seed) {
        RandomTrace.ofEverything(seed).play(PASSES, pass -> {
            var again = PressureStep.evaluate(
                    pass.policy(),
                    new Observation(
                            pass.observation().nodes().reversed(),
                            new TreeMap<>(pass.answers()),
                            pass.observation().reserved()),
                    new TreeMap<>(pass.before()),
                    pass.summaryBefore(),
                    pass.now());
            assertThat(again.contributions()).isEqualTo(pass.step().contributions());
            assertThat(again.summary()).isEqualTo(pass.step().summary());
            assertThat(again.decisions()).isEqualTo(pass.step().decisions());
            assertThat(again.nodes()).isEqualTo(pass.step().nodes());
        });
    }

    private static NodeState after(Pass pass, String node) {
        return pass.step().nodes().getOrDefault(node, NodeState.unknown());
    }

    private static double smoothed(Pass pass, String node, String signal) {
        return after(pass, node).seriesOf(signal).last();
    }

    private static boolean isFresh(Pass pass, String signal, String node) {
        return ratios(pass, signal).containsKey(node);
    }

    private static Map<String, Double> ratios(Pass pass, String signal) {
        return pass.answers().get(signal) instanceof SourceAnswer.Answered answered ? answered.ratios() : Map.of();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static List<Threshold> thresholds(Pass pass, String tier) {
        var ladder = pass.policy().ladder();
        var names = ladder.tiers().stream().map(Tier::name).toList();
        int at = names.indexOf(tier);
        return at < 0 ? List.of() : ladder.thresholds(at);
    }

    private static List<String> tiersAbove(Pass pass, String tier) {
        var names = pass.policy().ladder().tiers().stream().map(Tier::name).toList();
        return names.subList(names.indexOf(tier) + 1, names.size());
    }

    private static Set<String> frozenBefore(Pass pass, String node) {
        return pass.before().getOrDefault(node, NodeState.unknown()).frozen().keySet();
    }

    private static List<FreezeDecision> decisions(Pass pass, String node) {
        return pass.step().decisions().stream()
                .filter(decision -> decision.node().equals(node))
                .toList();
    }
}
