package dev.waterline.decision.window;

import static dev.waterline.decision.window.SettlementState.AtRisk;
import static dev.waterline.decision.window.SettlementState.Critical;
import static dev.waterline.decision.window.SettlementState.Met;
import static dev.waterline.decision.window.SettlementState.Missed;
import static dev.waterline.decision.window.SettlementState.NoWork;
import static dev.waterline.decision.window.SettlementState.OnTrack;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettlementLedgerTest {
    private static final Instant START = Instant.parse("2026-06-01T22:00:00Z");
    private static final SettlementTerm TERM =
            new SettlementTerm(START.minusSeconds(900), START, START.plus(Duration.ofMinutes(100)));

    /** A Job of 100 tasks, 10 at a time, begun with the window. */
    private static ProtectedJob job(int succeeded, int running) {
        return new ProtectedJob(
                "bank/t0", START, Optional.of(START), 100, succeeded, running, 10, Optional.empty(), Optional.empty());
    }

    private static ProtectedJob done(String name, Instant at) {
        return new ProtectedJob(name, START, Optional.of(START), 1, 1, 0, 1, Optional.of(at), Optional.empty());
    }

    private static ProtectedJob failed(String name, Instant at) {
        return new ProtectedJob(name, START, Optional.of(START), 5, 3, 0, 1, Optional.empty(), Optional.of(at));
    }

    private static Instant minute(double minute) {
        return START.plusMillis(Math.round(minute * 60_000));
    }

    private static Settlement assess(double minute, Optional<Settlement> before, ProtectedJob... jobs) {
        return SettlementLedger.assess(TERM, List.of(jobs), before, minute(minute));
    }

    @ParameterizedTest(name = "minute {0}: {1} of 100 done, {2} run: {3} minutes needed, {4}")
    @CsvSource({
        // Nothing has finished: a task takes at least what it has taken so far.
        "5, 0, 10, 50, OnTrack",
        "9, 0, 10, 90, AtRisk",
        "9.5, 0, 10, 95, Critical",
        // 10 tasks run for half an hour, 40 done: 6.67 minutes a task with the running ones as half done.
        "30, 40, 10, 40, OnTrack",
        // The same with half of the parallelism, and with a tenth of it.
        "30, 40, 5, 42.35, OnTrack",
        "30, 20, 10, 96, Critical",
        "30, 24, 10, 78.62, Critical",
        "30, 26, 10, 71.61, Critical",
        "30, 28, 10, 65.45, AtRisk",
        "30, 29, 10, 62.65, OnTrack",
    })
    void requiredIsRemainingTimesMeanOverWhatRuns(
            double minute, int succeeded, int running, double required, SettlementState state) {
        var settlement = assess(minute, Optional.empty(), job(succeeded, running));

        assertThat(settlement.required().orElseThrow().toMillis() / 60_000.0)
                .isCloseTo(required, org.assertj.core.data.Offset.offset(0.01));
        assertThat(settlement.state()).isEqualTo(state);
    }

    @Test
    void aLossOfParallelismShowsAtOnceAndNotOnlyInTheAverage() {
        var before = assess(30, Optional.empty(), job(50, 10));
        assertThat(before.state()).isEqualTo(OnTrack);

        var after = assess(30.5, Optional.of(before), job(50, 2));

        assertThat(after.required().orElseThrow()).isGreaterThan(Duration.ofHours(2));
        assertThat(after.state()).isEqualTo(Critical);
    }

    @ParameterizedTest(name = "from {0}, required {1} of 50 minutes left: {2}")
    @CsvSource({
        "OnTrack, 45, OnTrack", "OnTrack, 45.1, AtRisk", "OnTrack, 50, AtRisk", "OnTrack, 50.1, Critical",
        "AtRisk, 40, OnTrack", "AtRisk, 40.1, AtRisk", "AtRisk, 50, AtRisk", "AtRisk, 50.1, Critical",
        "Critical, 40, OnTrack", "Critical, 40.1, AtRisk", "Critical, 45, AtRisk", "Critical, 45.1, Critical",
        "NoWork, 45, OnTrack", "Met, 45.1, AtRisk",
    })
    void aStateIsLeftATenthBelowWhereItWasEntered(SettlementState from, double required, SettlementState to) {
        // Half of 100 minutes; nothing finished; one task: what it has taken times what remains.
        var now = minute(50);
        var started = now.minusMillis(Math.round(required * 60_000 / 10));
        var ten = new ProtectedJob(
                "bank/t0", started, Optional.of(started), 10, 0, 1, 1, Optional.empty(), Optional.empty());
        var before = Settlement.restored(TERM, from, 1, 0, Optional.empty(), "as it was");

        assertThat(SettlementLedger.assess(TERM, List.of(ten), Optional.of(before), now)
                        .state())
                .isEqualTo(to);
    }

    @Test
    void inTheLastTenthWhatWouldBeAtRiskIsCritical() {
        var started = minute(81.45);
        var nine = new ProtectedJob(
                "bank/t0", started, Optional.of(started), 1, 0, 1, 1, Optional.empty(), Optional.empty());

        // 9.05 minutes required of 9.5 left.
        assertThat(assess(90.5, Optional.empty(), nine).state()).isEqualTo(Critical);
        // 8.55 of 10 left.
        assertThat(assess(90, Optional.empty(), nine).state()).isEqualTo(OnTrack);
    }

    @Test
    void workOfWhichNothingRunsForAMinuteIsAtRiskAndNamed() {
        var first = assess(30, Optional.empty(), job(60, 0));
        assertThat(first.state()).isEqualTo(OnTrack);
        assertThat(assess(30.9, Optional.of(first), job(60, 0)).state()).isEqualTo(OnTrack);

        var stalled = assess(31, Optional.of(first), job(60, 0));

        assertThat(stalled.state()).isEqualTo(AtRisk);
        assertThat(stalled.stalled()).containsExactly("bank/t0");
        assertThat(assess(31.1, Optional.of(stalled), job(60, 10)).state()).isEqualTo(OnTrack);
    }

    @Test
    void nothingRunsBeforeTheWindowAndThatIsNoStall() {
        var early = assess(-14, Optional.empty(), job(0, 0));

        assertThat(assess(0.9, Optional.of(early), job(0, 0)).state()).isEqualTo(OnTrack);
        assertThat(assess(1, Optional.of(early), job(0, 0)).state()).isEqualTo(AtRisk);
    }

    @Test
    void afterARestartAVerdictIsTheSameWordForWord() {
        var published = Settlement.restored(TERM, Missed, 1, 0, Optional.empty(), "bank/a was late");

        assertThat(SettlementSentence.of("t0", assess(200, Optional.of(published))))
                .isEqualTo("bank/a was late");
    }

    @Test
    void aRestartDoesNotTakeAStallForNew() {
        var published = Settlement.restored(TERM, AtRisk, 1, 0, Optional.empty(), "as it was");

        assertThat(assess(40, Optional.of(published), job(60, 0)).state()).isEqualTo(AtRisk);
    }

    @Test
    void aFailedJobIsCriticalByNameHoweverMuchTimeIsLeft() {
        var settlement = assess(10, Optional.empty(), job(90, 10), failed("bank/eod", minute(5)));

        assertThat(settlement.state()).isEqualTo(Critical);
        assertThat(settlement.failed()).containsExactly("bank/eod");
        assertThat(SettlementSentence.of("t0", settlement))
                .isEqualTo(
                        "0 of 2 Jobs of window t0 have succeeded, the deadline is 2026-06-01T23:40:00Z; at their pace the"
                                + " rest takes up to 5m more; failed for good: bank/eod");
    }

    @Test
    void theLongestOfSeveralJobsCounts() {
        var slow = new ProtectedJob(
                "bank/slow", START, Optional.of(START), 10, 2, 1, 1, Optional.empty(), Optional.empty());

        var settlement = assess(20, Optional.empty(), job(90, 10), slow);

        assertThat(settlement.required()).hasValue(Duration.ofMinutes(64));
        assertThat(settlement.jobs()).isEqualTo(2);
    }

    @Test
    void itIsMetOnceEveryJobHasSucceededAndStaysSoWhenTheyAreClearedAway() {
        var met = assess(50, Optional.empty(), done("bank/a", minute(40)), done("bank/b", minute(49)));

        assertThat(met.state()).isEqualTo(Met);
        assertThat(met.succeeded()).isEqualTo(2);
        assertThat(assess(60, Optional.of(met)).state()).isEqualTo(Met);
        assertThat(assess(120, Optional.of(met), job(1, 1))).isSameAs(met);
    }

    @Test
    void aJobThatIsAddedBeforeTheDeadlineOpensTheLedgerAgain() {
        var met = assess(50, Optional.empty(), done("bank/a", minute(40)));

        assertThat(assess(51, Optional.of(met), done("bank/a", minute(40)), job(0, 1))
                        .state())
                .isNotEqualTo(Met);
    }

    @Test
    void atTheDeadlineWhatIsNotDoneIsMissedForGood() {
        var missed = assess(100, Optional.empty(), done("bank/a", minute(100)), job(99, 1));

        assertThat(missed.state()).isEqualTo(Missed);
        assertThat(missed.required()).isEmpty();
        assertThat(assess(101, Optional.of(missed), done("bank/t0", minute(101))))
                .isSameAs(missed);
        assertThat(SettlementSentence.of("t0", missed))
                .isEqualTo(
                        "1 of 2 Jobs of window t0 had not succeeded by the deadline 2026-06-01T23:40:00Z; unfinished:"
                                + " bank/t0");
    }

    @Test
    void aJobThatSucceededAfterTheDeadlineIsMissedAlsoIfNobodyWasLooking() {
        assertThat(assess(110, Optional.empty(), done("bank/a", minute(99))).state())
                .isEqualTo(Met);
        assertThat(assess(110, Optional.empty(), done("bank/a", minute(101))).state())
                .isEqualTo(Missed);
    }

    @Test
    void jobsOfAnotherDayAreOfNoAccount() {
        var yesterday = TERM.from().minusSeconds(1);
        var tomorrow = new ProtectedJob(
                "bank/next", TERM.deadline(), Optional.empty(), 1, 0, 0, 1, Optional.empty(), Optional.empty());

        var settlement = assess(10, Optional.empty(), done("bank/a", yesterday), failed("bank/b", yesterday), tomorrow);

        assertThat(settlement.state()).isEqualTo(NoWork);
        assertThat(settlement.jobs()).isZero();
    }

    @Test
    void whatWasSaidOfAnotherTermIsForgotten() {
        var other =
                new SettlementTerm(START.minusSeconds(86_400), START.minusSeconds(86_000), START.minusSeconds(7200));
        var missed = Settlement.restored(other, Missed, 1, 0, Optional.empty(), "as it was");

        assertThat(assess(10, Optional.of(missed)).state()).isEqualTo(NoWork);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aSteadyJobThatFitsNeverFlapsAndShowsFewNumbers(long seed) {
        var random = new Random(seed);
        double taskMinutes = 3 + random.nextDouble(3);
        int tasks = 100;
        int parallel = 10;
        var before = Optional.<Settlement>empty();
        var states = new ArrayList<SettlementState>();
        var shown = new ArrayList<Optional<Duration>>();
        for (double minute = 0; minute < 100; minute += 1 / 12.0) {
            int done = Math.min(tasks, parallel * (int) (minute / taskMinutes));
            boolean all = done == tasks;
            var job = all
                    ? done("bank/t0", minute(taskMinutes * tasks / parallel))
                    : job(done, Math.min(parallel, tasks - done));
            before = Optional.of(assess(minute, before, job));
            if (states.isEmpty() || states.getLast() != before.get().state()) {
                states.add(before.get().state());
            }
            if (shown.isEmpty() || !shown.getLast().equals(before.get().shown())) {
                shown.add(before.get().shown());
            }
        }
        assertThat(states).as("seed %d, %.1f minutes a task", seed, taskMinutes).containsExactly(OnTrack, Met);
        assertThat(shown.size()).as("seed %d", seed).isLessThan(40);
    }
}
