package dev.waterline.decision.pressure;

import static dev.waterline.decision.pressure.Policies.BEST_EFFORT;
import static dev.waterline.decision.pressure.Policies.MIN_HOLD;
import static dev.waterline.decision.pressure.Policies.OUTAGE_HOLD;
import static dev.waterline.decision.pressure.Policies.cpu;
import static dev.waterline.decision.pressure.Policies.memory;
import static dev.waterline.decision.pressure.Policies.tier;
import static dev.waterline.decision.pressure.PoolUnderTest.CPU;
import static dev.waterline.decision.pressure.PoolUnderTest.NODE;
import static dev.waterline.decision.pressure.PoolUnderTest.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.pressure.FreezeDecision.Thaw;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MissingReadingTest {
    private static final Duration LONG = Duration.ofHours(6);

    @Nested
    class AnAbsentNode {

        @Test
        void staysFrozenWhileItsLastReadingWasHot() {
            var pool = hot();
            pool.absentFor(LONG);
            assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        }

        @Test
        void staysFrozenWhileItsLastReadingWasInTheBand() {
            var pool = hot();
            pool.cpu(0.62);
            pool.absentFor(LONG);
            assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        }

        @Test
        void goesOnCoolingWhenItsLastReadingWasCool() {
            var pool = hot();
            var lastHot = pool.now();
            pool.cpu(0.61);
            pool.absentFor(MIN_HOLD.minusSeconds(10));
            assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
            pool.absentFor(Duration.ofSeconds(5));
            assertThat(pool.frozen()).isEmpty();
            assertThat(pool.now()).isEqualTo(lastHot.plus(MIN_HOLD));
        }

        @Test
        void neverFreezesHoweverHotItWas() {
            var pool = PoolUnderTest.with(Policies.settlement());
            pool.cpuFor(Duration.ofSeconds(10), 0.94);
            pool.absentFor(LONG);
            assertThat(pool.decisions()).isEmpty();
        }

        @Test
        void isNotKeptFrozenByASignalThatNeverSpokeOfIt() {
            var policy = Policies.withCpuAndMemory(tier("low", 0, cpu(0.7, 0.6), memory(0.8, 0.7)), tier("top", 1000));
            var pool = PoolUnderTest.with(policy);
            for (int i = 0; i < 3; i++) {
                cpuOnly(pool, 0.9);
            }
            assertThat(pool.frozen()).containsExactly("low");
            for (int i = 0; i < 59; i++) {
                cpuOnly(pool, 0.1);
            }
            assertThat(pool.frozen()).containsExactly("low");
            assertThat(cpuOnly(pool, 0.1).decisions())
                    .extracting(FreezeDecision::tier)
                    .containsExactly("low");
        }

        @Test
        void thawsWithTheWordsNeverSeenWhenNoSignalEverSpokeOfIt() {
            var pool = hot();
            pool.restart(Duration.ZERO);
            var forgotten = pool.state().forgetting(Set.of(CPU));
            var step = PressureStep.evaluate(
                    pool.policy(),
                    Observation.of(Set.of(NODE), Map.of(CPU, pool.answer(CPU, Map.of()))),
                    Map.of(NODE, forgotten),
                    PoolSummary.empty(),
                    pool.now().plus(MIN_HOLD));
            assertThat(step.decisions()).containsExactly(new Thaw(NODE, BEST_EFFORT, new Evidence.NeverSeen(CPU)));
        }

        @Test
        void isCountedInTheSummary() {
            var pool = new PoolUnderTest(Policies.settlement(), Duration.ofSeconds(5), Set.of("a", "b", "c"));
            var summary = pool.pass(Map.of(CPU, pool.answer(CPU, Map.of("a", 0.1, "stranger", 0.9))))
                    .summary();
            assertThat(summary.absentNodes()).containsExactly(Map.entry(CPU, 2));
            assertThat(summary.nodes()).isEqualTo(3);
            assertThat(summary.silentSince()).isEmpty();
        }

        private PoolStep cpuOnly(PoolUnderTest pool, double ratio) {
            return pool.pass(Map.of(
                    CPU, pool.answer(CPU, Map.of(NODE, ratio)), "memory", pool.answer("memory", Map.of("else", 0.1))));
        }
    }

    @Nested
    class ASilentSource {

        @Test
        void holdsWhatIsFrozenEvenIfItWasCoolAndThawsAfterTheHoldOfThePolicy() {
            var pool = hot();
            pool.cpu(0.30);
            pool.silentFor(OUTAGE_HOLD);
            assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
            pool.silentFor(Duration.ofSeconds(5));
            assertThat(pool.decisions().getLast())
                    .isEqualTo(new Thaw(NODE, BEST_EFFORT, new Evidence.OutageOver(CPU, OUTAGE_HOLD)));
        }

        @Test
        void doesNotShortenTheMinimumHold() {
            var brief = new Outage(Duration.ofSeconds(30), true);
            var pool = PoolUnderTest.with(Policies.with(Policies.settlement(), brief));
            pool.cpuFor(Duration.ofSeconds(15), 0.75);
            pool.silentFor(MIN_HOLD.minusSeconds(5));
            assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
            pool.silentFor(Duration.ofSeconds(5));
            assertThat(pool.frozen()).isEmpty();
        }

        @Test
        void holdsForEverWhereThePolicySaysHold() {
            var pool = PoolUnderTest.with(Policies.with(Policies.settlement(), Policies.THEN_HOLD));
            pool.cpuFor(Duration.ofSeconds(15), 0.75);
            pool.silentFor(LONG);
            assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        }

        @Test
        void holdsInAProtectingWindowWhateverThePolicySaysAndThawsWhenTheWindowEnds() {
            var pool = PoolUnderTest.with(Policies.protecting(Policies.settlement()));
            pool.cpuFor(Duration.ofSeconds(15), 0.75);
            pool.silentFor(LONG);
            assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
            pool.edit(Policies.settlement());
            assertThat(pool.frozen()).isEmpty();
        }

        @Test
        void thatAnswersOnceBeginsItsOutageAnew() {
            var pool = hot();
            pool.silentFor(OUTAGE_HOLD);
            pool.cpu(0.75);
            pool.silentFor(OUTAGE_HOLD);
            assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        }

        @Test
        void isInTheSummarySinceItFellSilentAndWithTheLatestReason() {
            var pool = hot();
            pool.silentFor(Duration.ofSeconds(5));
            var since = pool.now();
            var later = pool.pass(Map.of(CPU, new SourceAnswer.Silent(TIMEOUT))).summary();
            assertThat(later.silentSince()).containsExactly(Map.entry(CPU, new PoolSummary.Silence(since, TIMEOUT)));
            assertThat(pool.cpu(0.5).summary().silentSince()).isEmpty();
        }

        @Test
        void doesNotLetAnotherSignalThatIsHotThaw() {
            var policy = Policies.withCpuAndMemory(tier("low", 0, cpu(0.7, 0.6), memory(0.8, 0.7)), tier("top", 1000));
            var pool = PoolUnderTest.with(policy);
            for (var end = pool.now().plus(LONG); pool.now().isBefore(end); ) {
                pool.pass(Map.of(
                        CPU, new SourceAnswer.Silent(TIMEOUT), "memory", pool.answer("memory", Map.of(NODE, 0.9))));
            }
            assertThat(pool.frozen()).containsExactly("low");
        }

        @Test
        void whoseAnswerHoldsOneValueThatIsNoRatioIsSilentForEveryNode() {
            var pool = new PoolUnderTest(Policies.settlement(), Duration.ofSeconds(5), Set.of("a", "b"));
            for (int i = 0; i < 10; i++) {
                pool.pass(Map.of(CPU, pool.answer(CPU, Map.of("a", 0.9, "b", 42.0))));
            }
            assertThat(pool.decisions()).isEmpty();
        }
    }

    @Test
    void aSourceThatWasNeverAskedHoldsForAsLongAsItTakes() {
        var pool = hot();
        pool.restart(Duration.ZERO);
        for (var end = pool.now().plus(LONG); pool.now().isBefore(end); ) {
            pool.pass(Map.of());
        }
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
    }

    @Test
    void anOutageBetweenCoolSamplesDoesNotKeepANodeFrozen() {
        var pool = PoolUnderTest.with(Policies.with(Policies.settlement(), Policies.THEN_HOLD));
        pool.cpuFor(Duration.ofSeconds(15), 0.75);
        pool.cpuFor(Duration.ofSeconds(30), 0.30);
        pool.silentFor(LONG);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        pool.cpu(0.30);
        assertThat(pool.frozen()).isEmpty();
    }

    @Test
    void aSourceThatAnswersOneTimeInFourDoesNotFreezeForEver() {
        var pool = hot();
        for (var end = pool.now().plus(Duration.ofMinutes(15)); pool.now().isBefore(end); ) {
            pool.cpu(0.10);
            pool.silentFor(Duration.ofSeconds(15));
        }
        assertThat(pool.frozen()).isEmpty();
    }

    private static PoolUnderTest hot() {
        var pool = PoolUnderTest.with(Policies.settlement());
        pool.cpuFor(Duration.ofSeconds(15), 0.75);
        assertThat(pool.frozen()).containsExactly(BEST_EFFORT);
        return pool;
    }
}
