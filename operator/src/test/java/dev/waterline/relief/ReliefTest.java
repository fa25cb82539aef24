package dev.waterline.relief;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.relief.EvictAsk;
import dev.waterline.decision.relief.EvictionRound.Reason;
import dev.waterline.decision.relief.Observation;
import dev.waterline.decision.relief.PodFacts;
import dev.waterline.decision.relief.PodFacts.NoNote;
import dev.waterline.decision.relief.PodFacts.ReadableNote;
import dev.waterline.decision.relief.PodFacts.UnreadableNote;
import dev.waterline.decision.relief.PriorityRange;
import dev.waterline.decision.relief.ReliefDecision;
import dev.waterline.decision.relief.ThrottleAsk;
import dev.waterline.fixture.FakeClock;
import dev.waterline.relief.ReliefPods.Blocked;
import dev.waterline.relief.ReliefPods.Refused;
import dev.waterline.relief.ReliefWish.Act;
import dev.waterline.relief.ReliefWish.Hold;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReliefTest {
    private static final String PWL = "pwl-1";
    private static final PriorityRange LOW = new PriorityRange(Integer.MIN_VALUE, 1000);
    private static final Duration FRESH_FOR = Duration.ofSeconds(15);

    private final FakeClock clock = new FakeClock("2026-11-25T04:00:00Z");
    private final FakePods pods = new FakePods();
    private final Heard heard = new Heard();
    private PodUsage.Answer usage = new PodUsage.Known(Map.of());
    private Relief relief = begin();

    @Test
    void aHotNodesPodsAreThrottledOnceAndRestoredExactlyOnThaw() throws InterruptedException {
        pods.put("a", "hot", 100, 500, 2000);
        pods.put("critical", "hot", 100_000, 500, 2000);
        pods.put("elsewhere", "cool", 100, 500, 2000);

        submitAndPass(throttle(true, 50, true));
        submitAndPass(throttle(true, 50, true));
        submitAndPass(throttle(true, 50, false));

        assertThat(limit("a")).isEqualTo(1000);
        assertThat(limit("critical")).isEqualTo(2000);
        assertThat(limit("elsewhere")).isEqualTo(2000);
        assertThat(pods.writes()).containsExactly("note a", "resize a");
        assertThat(heard.throttled).isEqualTo(Map.of(PWL, Map.of("best-effort", 1)));

        submitAndPass(ReliefWish.nothing());

        assertThat(limit("a")).isEqualTo(2000);
        assertThat(pods.pod("a").note()).isEqualTo(new NoNote());
        assertThat(heard.kinds()).containsExactly("Throttled", "Restored");
        assertThat(heard.throttled).isEmpty();
    }

    @Test
    void aFrozenNodeThatIsNotHotKeepsItsThrottlesAndGetsNoNewOnes() throws InterruptedException {
        pods.put("a", "hot", 100, 500, 2000);
        submitAndPass(throttle(true, 50, true));
        pods.put("b", "hot", 100, 500, 2000);

        submitAndPass(throttle(true, 50, false));

        assertThat(limit("a")).isEqualTo(1000);
        assertThat(limit("b")).isEqualTo(2000);
    }

    @Test
    void aPauseKeepsWhatIsThrottledAndADryRunOrTheEndOfTheWaterlineRestoresIt() throws InterruptedException {
        pods.put("a", "hot", 100, 500, 2000);
        submitAndPass(throttle(true, 50, true));

        submitAndPass(new Hold());
        assertThat(limit("a")).isEqualTo(1000);

        submitAndPass(throttle(false, 50, true));
        assertThat(limit("a")).isEqualTo(2000);
        assertThat(heard.rehearsed).isEmpty();
        submitAndPass(throttle(false, 50, true));
        assertThat(heard.rehearsed).singleElement().isInstanceOf(ReliefDecision.Throttled.class);
        assertThat(limit("a")).isEqualTo(2000);

        submitAndPass(throttle(true, 50, true));
        assertThat(limit("a")).isEqualTo(1000);
        assertThat(relief.holds(PWL)).isTrue();
        relief.withdraw(PWL);
        relief.pass();
        assertThat(limit("a")).isEqualTo(2000);
        assertThat(relief.holds(PWL)).isFalse();
    }

    @Test
    void anEditedPercentageBeginsFromTheOriginalLimit() throws InterruptedException {
        pods.put("a", "hot", 100, 100, 2000);
        submitAndPass(throttle(true, 50, true));
        submitAndPass(throttle(true, 25, true));

        assertThat(limit("a")).isEqualTo(500);
        submitAndPass(ReliefWish.nothing());
        assertThat(limit("a")).isEqualTo(2000);
    }

    @Test
    void whatAnEarlierLifeThrottledStaysSoUntilTheWaterlineHasSpoken() throws InterruptedException {
        pods.put("a", "hot", 100, 500, 2000);
        submitAndPass(throttle(true, 50, true));

        relief = begin();
        relief.await(List.of(PWL));
        relief.pass();
        assertThat(limit("a")).isEqualTo(1000);

        submitAndPass(throttle(true, 50, false));
        assertThat(limit("a")).isEqualTo(1000);
        assertThat(pods.writes()).containsExactly("note a", "resize a");

        submitAndPass(ReliefWish.nothing());
        assertThat(limit("a")).isEqualTo(2000);
    }

    @Test
    void whatWasThrottledForAWaterlineThatIsGoneIsRestored() throws InterruptedException {
        pods.put("a", "hot", 100, 500, 2000);
        submitAndPass(throttle(true, 50, true));

        relief = begin();
        relief.pass();

        assertThat(limit("a")).isEqualTo(2000);
    }

    @Test
    void anOwnersNewLimitStaysAndThePodIsNotFoughtOver() throws InterruptedException {
        pods.put("a", "hot", 100, 500, 2000);
        submitAndPass(throttle(true, 50, true));
        pods.ownerSets("a", 3000);

        submitAndPass(throttle(true, 50, true));
        submitAndPass(throttle(true, 50, true));
        submitAndPass(throttle(true, 50, false));
        submitAndPass(throttle(true, 50, true));

        assertThat(limit("a")).isEqualTo(3000);
        assertThat(pods.pod("a").note()).isEqualTo(new NoNote());
        assertThat(heard.kinds()).containsExactly("Throttled", "LeftAlone");
        assertThat(pods.writes()).containsExactly("note a", "resize a", "note a");
    }

    @Test
    void aRefusedResizeLeavesNoNoteAndIsTriedAgainLater() throws InterruptedException {
        pods.put("a", "hot", 100, 500, 2000);
        pods.answer("resize", "a", new Refused("a LimitRange forbids it"));

        submitAndPass(throttle(true, 50, true));
        submitAndPass(throttle(true, 50, true));
        assertThat(pods.pod("a").note()).isEqualTo(new NoNote());
        assertThat(heard.kinds()).containsExactly("ThrottleRefused");

        clock.advance(ThrottlePass.TRY_AGAIN_AFTER);
        submitAndPass(throttle(true, 50, true));
        assertThat(heard.kinds()).containsExactly("ThrottleRefused", "ThrottleRefused");
    }

    @Test
    void aNoteThatSaysNothingIsRemoved() throws InterruptedException {
        pods.put("a", "hot", 100, 500, 2000);
        pods.setNote("a", new UnreadableNote());

        submitAndPass(ReliefWish.nothing());

        assertThat(pods.pod("a").note()).isEqualTo(new NoNote());
        assertThat(limit("a")).isEqualTo(2000);
        assertThat(heard.kinds()).containsExactly("NoteDiscarded");
    }

    /** Kills before and after the nth write for every n, until a run has no nth write any more. */
    @ParameterizedTest(name = "killed after the write: {0}")
    @ValueSource(booleans = {false, true})
    void limitsAreRestoredExactlyWhateverWriteTheProcessDiesAt(boolean after) throws InterruptedException {
        for (int nth = 0; nth < 10; nth++) {
            var name = "a" + nth;
            pods.clear();
            pods.put(name, "hot", 100, 500, 1700);
            pods.killAt(nth, after);
            submitAndPass(throttle(true, 50, true));
            submitAndPass(ReliefWish.nothing());
            boolean killed = pods.wasKilled();
            pods.liveAgain();

            relief = begin();
            submitAndPass(throttle(true, 50, true));
            assertThat(limit(name)).as("killed at write %d", nth).isEqualTo(850);
            assertThat(pods.pod(name).note()).isInstanceOf(ReadableNote.class);
            submitAndPass(ReliefWish.nothing());
            assertThat(limit(name)).as("killed at write %d", nth).isEqualTo(1700);
            assertThat(pods.pod(name).note()).isEqualTo(new NoNote());
            if (!killed) {
                assertThat(nth).as("writes from throttled to restored").isEqualTo(4);
                return;
            }
        }
        throw new AssertionError("it never came through");
    }

    @Test
    void evictionTakesTheGreediestAndStopsAtBudgets() throws InterruptedException {
        pods.put("a", "hot", 100, 100, 4000);
        pods.put("b", "hot", 100, 200, 4000);
        pods.put("c", "hot", 100, 300, 4000);
        uses(Map.of("shop/a", 500L, "shop/b", 500L, "shop/c", 500L));
        clock.advance(Duration.ofMinutes(1));

        submitAndPass(evict(true, false));

        assertThat(pods.writes()).containsExactly("evict a", "evict b");
        assertThat(heard.stopped).isEqualTo(Map.of("hot", Reason.NODE_BUDGET));

        clock.advance(Duration.ofSeconds(59));
        submitAndPass(evict(true, false));
        assertThat(heard.stopped).isEqualTo(Map.of("hot", Reason.SETTLING));
        clock.advance(Duration.ofSeconds(1));
        submitAndPass(evict(true, false));
        assertThat(pods.writes()).containsExactly("evict a", "evict b", "evict c");
    }

    @Test
    void aBudgetThatHoldsMakesTheNextPodTheCandidate() throws InterruptedException {
        pods.put("a", "hot", 100, 100, 4000);
        pods.put("b", "hot", 100, 200, 4000);
        uses(Map.of("shop/a", 900L, "shop/b", 900L));
        pods.answer("evict", "a", new Blocked("needs 3 healthy pods and has 3"));
        clock.advance(Duration.ofMinutes(1));

        submitAndPass(evict(true, false));
        submitAndPass(evict(true, false));

        assertThat(pods.exists("a")).isTrue();
        assertThat(pods.exists("b")).isFalse();
        assertThat(pods.writes()).containsExactly("evict a", "evict b");
        assertThat(heard.kinds()).containsExactly("EvictionRefused", "Evicted");
    }

    @Test
    void withoutPodUsageNothingIsEvicted() throws InterruptedException {
        pods.put("a", "hot", 100, 100, 4000);
        usage = new PodUsage.Unavailable("no metrics-server");
        clock.advance(Duration.ofMinutes(1));

        submitAndPass(evict(true, false));

        assertThat(pods.writes()).isEmpty();
        assertThat(heard.usageProblem).contains("no metrics-server");
    }

    @Test
    void nothingIsEvictedInTheFirstMinuteNorWhileSuspendedNorWithoutTheFloorNorOnOldSamples()
            throws InterruptedException {
        pods.put("a", "hot", 100, 100, 4000);
        uses(Map.of("shop/a", 900L));

        submitAndPass(evict(true, false));
        assertThat(heard.stopped).isEqualTo(Map.of("hot", Reason.SETTLING));
        clock.advance(Duration.ofMinutes(1));
        submitAndPass(evict(true, true));
        assertThat(heard.stopped).isEqualTo(Map.of("hot", Reason.SUSPENDED));
        pods.floor("hot", 500);
        submitAndPass(evict(true, false));
        assertThat(heard.stopped).isEqualTo(Map.of("hot", Reason.NOT_IN_FORCE));
        pods.floor("hot", 1000);
        var old = evict(true, false);
        clock.advance(FRESH_FOR.plusMillis(1));
        submitAndPass(old);

        assertThat(pods.writes()).isEmpty();
        submitAndPass(evict(true, false));
        assertThat(pods.writes()).containsExactly("evict a");
    }

    @Test
    void aRehearsalTellsWhatItWouldEvictAndEvictsNothing() throws InterruptedException {
        pods.put("a", "hot", 100, 100, 4000);
        uses(Map.of("shop/a", 900L));
        clock.advance(Duration.ofMinutes(1));

        submitAndPass(evict(false, false));
        submitAndPass(evict(false, false));

        assertThat(pods.writes()).isEmpty();
        assertThat(heard.decisions).isEmpty();
        assertThat(heard.rehearsed).singleElement().isInstanceOf(ReliefDecision.Evicted.class);
    }

    @Test
    void podsThatTheInstallationSparesGetNoRelief() throws InterruptedException {
        pods.put("operator", "hot", 100, 100, 4000);
        uses(Map.of("shop/operator", 900L));
        clock.advance(Duration.ofMinutes(1));

        submitAndPass(throttle(true, 50, true));
        submitAndPass(evict(true, false));

        assertThat(pods.writes()).isEmpty();
    }

    private Relief begin() {
        var begun = new Relief(
                pods, () -> usage, heard, (PodFacts pod) -> pod.name().equals("operator"), 30, clock);
        begun.begin();
        return begun;
    }

    private void submitAndPass(ReliefWish wish) throws InterruptedException {
        relief.submit(PWL, wish);
        relief.pass();
    }

    private long limit(String name) {
        return pods.pod(name).containers().getFirst().limit().orElseThrow().millis();
    }

    private void uses(Map<String, Long> millis) {
        usage = new PodUsage.Known(millis);
    }

    private Observation hot() {
        return new Observation("cpu", 0.95, 0.88, Duration.ofMinutes(1), clock.instant());
    }

    private ReliefWish throttle(boolean enforced, int percent, boolean isHot) {
        return new Act(
                enforced,
                List.of(new ThrottleAsk(
                        "hot", "best-effort", LOW, percent, isHot ? Optional.of(hot()) : Optional.empty())),
                List.of(),
                FRESH_FOR);
    }

    private ReliefWish evict(boolean enforced, boolean suspended) {
        return new Act(
                enforced,
                List.of(),
                List.of(new EvictAsk("hot", "best-effort", LOW, 2, 0.70, Duration.ofSeconds(60), hot(), suspended)),
                FRESH_FOR);
    }
}
