package dev.waterline.relief;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.relief.EvictionRound.Reason;
import dev.waterline.decision.relief.PriorityRange;
import dev.waterline.decision.relief.ReliefDecision;
import dev.waterline.relief.ReliefPods.Blocked;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvictionTest {
    private final Scene scene = new Scene();

    @Test
    void evictionTakesTheGreediestAndStopsAtBudgets() throws InterruptedException {
        scene.pods.put("a", "hot", 100, 100, 4000);
        scene.pods.put("b", "hot", 100, 200, 4000);
        scene.pods.put("c", "hot", 100, 300, 4000);
        scene.uses(Map.of("shop/a", 500L, "shop/b", 500L, "shop/c", 500L));
        scene.clock.advance(Duration.ofMinutes(1));

        scene.submitAndPass(scene.evict(true, false));

        assertThat(scene.pods.writes()).containsExactly("evict a", "evict b");
        assertThat(scene.heard.stopped).isEqualTo(Map.of("hot", Reason.NODE_BUDGET));

        scene.clock.advance(Duration.ofSeconds(59));
        scene.submitAndPass(scene.evict(true, false));
        assertThat(scene.heard.stopped).isEqualTo(Map.of("hot", Reason.SETTLING));
        scene.clock.advance(Duration.ofSeconds(1));
        scene.submitAndPass(scene.evict(true, false));
        assertThat(scene.pods.writes()).containsExactly("evict a", "evict b", "evict c");
    }

    @Test
    void aBudgetThatHoldsMakesTheNextPodTheCandidate() throws InterruptedException {
        scene.pods.put("a", "hot", 100, 100, 4000);
        scene.pods.put("b", "hot", 100, 200, 4000);
        scene.uses(Map.of("shop/a", 900L, "shop/b", 900L));
        scene.pods.answer("evict", "a", new Blocked("needs 3 healthy pods and has 3"));
        scene.clock.advance(Duration.ofMinutes(1));

        scene.submitAndPass(scene.evict(true, false));
        scene.submitAndPass(scene.evict(true, false));

        assertThat(scene.pods.exists("a")).isTrue();
        assertThat(scene.pods.exists("b")).isFalse();
        assertThat(scene.pods.writes()).containsExactly("evict a", "evict b");
        assertThat(scene.heard.kinds()).containsExactly("EvictionRefused", "Evicted");
    }

    @Test
    void allWaterlinesTogetherStayWithinTheClustersBudget() throws InterruptedException {
        scene.beginWithClusterBudget(2);
        scene.pods.put("a", "hot", 100, 100, 4000);
        scene.pods.put("b", "hot", 100, 200, 4000);
        scene.pods.put("c", "warm", 100, 100, 4000);
        scene.pods.floor("warm", 1000);
        scene.uses(Map.of("shop/a", 500L, "shop/b", 500L, "shop/c", 500L));
        scene.clock.advance(Duration.ofMinutes(1));

        scene.relief.submit("pwl-2", scene.evict(scene.ask("warm", "best-effort", Scene.LOW, false)));
        scene.submitAndPass(scene.evict(scene.ask("hot", "best-effort", Scene.LOW, false)));

        assertThat(scene.pods.writes()).containsExactly("evict a", "evict b");
        assertThat(scene.heard.stopped).isEqualTo(Map.of("warm", Reason.CLUSTER_BUDGET));
    }

    @Test
    void aHigherTiersTurnComesOnlyWhereTheLowerHasNobodyLeft() throws InterruptedException {
        var middle = new PriorityRange(1000, 2000);
        scene.pods.put("low", "hot", 100, 100, 4000);
        scene.pods.put("middle", "hot", 1500, 100, 4000);
        scene.pods.floor("hot", 2000);
        scene.uses(Map.of("shop/low", 500L, "shop/middle", 900L));
        scene.pods.answer("evict", "low", new Blocked("needs 1 healthy pod and has 1"));
        scene.clock.advance(Duration.ofMinutes(1));

        scene.submitAndPass(scene.evict(
                scene.ask("hot", "best-effort", Scene.LOW, false), scene.ask("hot", "standard", middle, false)));
        assertThat(scene.pods.writes()).as("a budget holds the lower").containsExactly("evict low");

        scene.uses(Map.of("shop/middle", 900L));
        scene.submitAndPass(scene.evict(
                scene.ask("hot", "best-effort", Scene.LOW, false), scene.ask("hot", "standard", middle, false)));
        assertThat(scene.pods.writes()).as("the lower has nobody left").containsExactly("evict low", "evict middle");
    }

    @Test
    void withoutPodUsageNothingIsEvicted() throws InterruptedException {
        scene.pods.put("a", "hot", 100, 100, 4000);
        scene.usage = new PodUsage.Unavailable("no metrics-server");
        scene.clock.advance(Duration.ofMinutes(1));

        scene.submitAndPass(scene.evict(true, false));

        assertThat(scene.pods.writes()).isEmpty();
        assertThat(scene.heard.usageProblem).contains("no metrics-server");
    }

    @Test
    void nothingIsEvictedInTheFirstMinuteNorWhileSuspendedNorWithoutTheFloorNorOnOldSamples()
            throws InterruptedException {
        scene.pods.put("a", "hot", 100, 100, 4000);
        scene.uses(Map.of("shop/a", 900L));

        scene.submitAndPass(scene.evict(true, false));
        assertThat(scene.heard.stopped).isEqualTo(Map.of("hot", Reason.SETTLING));
        scene.clock.advance(Duration.ofMinutes(1));
        scene.submitAndPass(scene.evict(true, true));
        assertThat(scene.heard.stopped).isEqualTo(Map.of("hot", Reason.SUSPENDED));
        scene.pods.floor("hot", 500);
        scene.submitAndPass(scene.evict(true, false));
        assertThat(scene.heard.stopped).isEqualTo(Map.of("hot", Reason.NOT_IN_FORCE));
        scene.pods.floor("hot", 1000);
        var old = scene.evict(true, false);
        scene.clock.advance(Scene.FRESH_FOR.plusMillis(1));
        scene.submitAndPass(old);

        assertThat(scene.pods.writes()).isEmpty();
        scene.submitAndPass(scene.evict(true, false));
        assertThat(scene.pods.writes()).containsExactly("evict a");
    }

    @Test
    void aRehearsalTellsWhatItWouldEvictAndEvictsNothing() throws InterruptedException {
        scene.pods.put("a", "hot", 100, 100, 4000);
        scene.uses(Map.of("shop/a", 900L));
        scene.clock.advance(Duration.ofMinutes(1));

        scene.submitAndPass(scene.evict(false, false));
        scene.submitAndPass(scene.evict(false, false));

        assertThat(scene.pods.writes()).isEmpty();
        assertThat(scene.heard.decisions).isEmpty();
        assertThat(scene.heard.rehearsed).singleElement().isInstanceOf(ReliefDecision.Evicted.class);
    }
}
