package dev.waterline.relief;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.relief.PodFacts.NoNote;
import dev.waterline.decision.relief.PodFacts.ReadableNote;
import dev.waterline.decision.relief.PodFacts.UnreadableNote;
import dev.waterline.decision.relief.ReliefDecision;
import dev.waterline.relief.ReliefPods.Refused;
import dev.waterline.relief.ReliefWish.Hold;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReliefTest {
    private final Scene scene = new Scene();

    @Test
    void aHotNodesPodsAreThrottledOnceAndRestoredExactlyOnThaw() throws InterruptedException {
        scene.pods.put("a", "hot", 100, 500, 2000);
        scene.pods.put("critical", "hot", 100_000, 500, 2000);
        scene.pods.put("elsewhere", "cool", 100, 500, 2000);

        scene.submitAndPass(scene.throttle(true, 50, true));
        scene.submitAndPass(scene.throttle(true, 50, true));
        scene.submitAndPass(scene.throttle(true, 50, false));

        assertThat(scene.limit("a")).isEqualTo(1000);
        assertThat(scene.limit("critical")).isEqualTo(2000);
        assertThat(scene.limit("elsewhere")).isEqualTo(2000);
        assertThat(scene.pods.writes()).containsExactly("note a", "resize a");
        assertThat(scene.heard.throttled).isEqualTo(Map.of(Scene.PWL, Map.of("best-effort", 1)));

        scene.submitAndPass(ReliefWish.nothing());

        assertThat(scene.limit("a")).isEqualTo(2000);
        assertThat(scene.pods.pod("a").note()).isEqualTo(new NoNote());
        assertThat(scene.heard.kinds()).containsExactly("Throttled", "Restored");
        assertThat(scene.heard.throttled).isEmpty();
    }

    @Test
    void aFrozenNodeThatIsNotHotKeepsItsThrottlesAndGetsNoNewOnes() throws InterruptedException {
        scene.pods.put("a", "hot", 100, 500, 2000);
        scene.submitAndPass(scene.throttle(true, 50, true));
        scene.pods.put("b", "hot", 100, 500, 2000);

        scene.submitAndPass(scene.throttle(true, 50, false));

        assertThat(scene.limit("a")).isEqualTo(1000);
        assertThat(scene.limit("b")).isEqualTo(2000);
    }

    @Test
    void aPauseKeepsWhatIsThrottledAndADryRunOrTheEndOfTheWaterlineRestoresIt() throws InterruptedException {
        scene.pods.put("a", "hot", 100, 500, 2000);
        scene.submitAndPass(scene.throttle(true, 50, true));

        scene.submitAndPass(new Hold());
        assertThat(scene.limit("a")).isEqualTo(1000);

        scene.submitAndPass(scene.throttle(false, 50, true));
        assertThat(scene.limit("a")).isEqualTo(2000);
        assertThat(scene.heard.rehearsed).isEmpty();
        scene.submitAndPass(scene.throttle(false, 50, true));
        assertThat(scene.heard.rehearsed).singleElement().isInstanceOf(ReliefDecision.Throttled.class);
        assertThat(scene.limit("a")).isEqualTo(2000);

        scene.submitAndPass(scene.throttle(true, 50, true));
        assertThat(scene.limit("a")).isEqualTo(1000);
        assertThat(scene.relief.holds(Scene.PWL)).isTrue();
        scene.relief.withdraw(Scene.PWL);
        scene.relief.pass();
        assertThat(scene.limit("a")).isEqualTo(2000);
        assertThat(scene.relief.holds(Scene.PWL)).isFalse();
    }

    @Test
    void anEditedPercentageBeginsFromTheOriginalLimit() throws InterruptedException {
        scene.pods.put("a", "hot", 100, 100, 2000);
        scene.submitAndPass(scene.throttle(true, 50, true));
        scene.submitAndPass(scene.throttle(true, 25, true));

        assertThat(scene.limit("a")).isEqualTo(500);
        scene.submitAndPass(ReliefWish.nothing());
        assertThat(scene.limit("a")).isEqualTo(2000);
    }

    @Test
    void whatAnEarlierLifeThrottledStaysSoUntilTheWaterlineHasSpoken() throws InterruptedException {
        scene.pods.put("a", "hot", 100, 500, 2000);
        scene.submitAndPass(scene.throttle(true, 50, true));

        scene.beginAgain();
        scene.relief.await(List.of(Scene.PWL));
        scene.relief.pass();
        assertThat(scene.limit("a")).isEqualTo(1000);

        scene.submitAndPass(scene.throttle(true, 50, false));
        assertThat(scene.limit("a")).isEqualTo(1000);
        assertThat(scene.pods.writes()).containsExactly("note a", "resize a");

        scene.submitAndPass(ReliefWish.nothing());
        assertThat(scene.limit("a")).isEqualTo(2000);
    }

    @Test
    void whatWasThrottledForAWaterlineThatIsGoneIsRestored() throws InterruptedException {
        scene.pods.put("a", "hot", 100, 500, 2000);
        scene.submitAndPass(scene.throttle(true, 50, true));

        scene.beginAgain();
        scene.relief.pass();

        assertThat(scene.limit("a")).isEqualTo(2000);
    }

    @Test
    void anOwnersNewLimitStaysAndThePodIsNotFoughtOver() throws InterruptedException {
        scene.pods.put("a", "hot", 100, 500, 2000);
        scene.submitAndPass(scene.throttle(true, 50, true));
        scene.pods.ownerSets("a", 3000);

        scene.submitAndPass(scene.throttle(true, 50, true));
        scene.submitAndPass(scene.throttle(true, 50, true));
        scene.submitAndPass(scene.throttle(true, 50, false));
        scene.submitAndPass(scene.throttle(true, 50, true));

        assertThat(scene.limit("a")).isEqualTo(3000);
        assertThat(scene.pods.pod("a").note()).isEqualTo(new NoNote());
        assertThat(scene.heard.kinds()).containsExactly("Throttled", "LeftAlone");
        assertThat(scene.pods.writes()).containsExactly("note a", "resize a", "note a");
    }

    @Test
    void aRefusedResizeLeavesNoNoteAndIsTriedAgainLater() throws InterruptedException {
        scene.pods.put("a", "hot", 100, 500, 2000);
        scene.pods.answer("resize", "a", new Refused("a LimitRange forbids it"));

        scene.submitAndPass(scene.throttle(true, 50, true));
        scene.submitAndPass(scene.throttle(true, 50, true));
        assertThat(scene.pods.pod("a").note()).isEqualTo(new NoNote());
        assertThat(scene.heard.kinds()).containsExactly("ThrottleRefused");

        scene.clock.advance(ThrottlePass.TRY_AGAIN_AFTER);
        scene.submitAndPass(scene.throttle(true, 50, true));
        assertThat(scene.heard.kinds()).containsExactly("ThrottleRefused", "ThrottleRefused");
    }

    @Test
    void aNoteThatSaysNothingIsRemoved() throws InterruptedException {
        scene.pods.put("a", "hot", 100, 500, 2000);
        scene.pods.setNote("a", new UnreadableNote());

        scene.submitAndPass(ReliefWish.nothing());

        assertThat(scene.pods.pod("a").note()).isEqualTo(new NoNote());
        assertThat(scene.limit("a")).isEqualTo(2000);
        assertThat(scene.heard.kinds()).containsExactly("NoteDiscarded");
    }

    /** Kills before and after the nth write for every n, until a run has no nth write any more. */
    @ParameterizedTest(name = "killed after the write: {0}")
    @ValueSource(booleans = {false, true})
    void limitsAreRestoredExactlyWhateverWriteTheProcessDiesAt(boolean after) throws InterruptedException {
        for (int nth = 0; nth < 10; nth++) {
            var name = "a" + nth;
            scene.pods.clear();
            scene.pods.put(name, "hot", 100, 500, 1700);
            scene.pods.killAt(nth, after);
            scene.submitAndPass(scene.throttle(true, 50, true));
            scene.submitAndPass(ReliefWish.nothing());
            boolean killed = scene.pods.wasKilled();
            scene.pods.liveAgain();

            scene.beginAgain();
            scene.submitAndPass(scene.throttle(true, 50, true));
            assertThat(scene.limit(name)).as("killed at write %d", nth).isEqualTo(850);
            assertThat(scene.pods.pod(name).note()).isInstanceOf(ReadableNote.class);
            scene.submitAndPass(ReliefWish.nothing());
            assertThat(scene.limit(name)).as("killed at write %d", nth).isEqualTo(1700);
            assertThat(scene.pods.pod(name).note()).isEqualTo(new NoNote());
            if (!killed) {
                assertThat(nth).as("writes from throttled to restored").isEqualTo(4);
                return;
            }
        }
        throw new AssertionError("it never came through");
    }

    @Test
    void podsThatTheInstallationSparesGetNoRelief() throws InterruptedException {
        scene.pods.put("operator", "hot", 100, 100, 4000);
        scene.uses(Map.of("shop/operator", 900L));
        scene.clock.advance(Duration.ofMinutes(1));

        scene.submitAndPass(scene.throttle(true, 50, true));
        scene.submitAndPass(scene.evict(true, false));

        assertThat(scene.pods.writes()).isEmpty();
    }
}
