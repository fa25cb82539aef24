package dev.waterline.relief;

import dev.waterline.decision.relief.EvictAsk;
import dev.waterline.decision.relief.Observation;
import dev.waterline.decision.relief.PriorityRange;
import dev.waterline.decision.relief.ThrottleAsk;
import dev.waterline.fixture.FakeClock;
import dev.waterline.relief.ReliefWish.Act;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One waterline that asks for relief on the node {@code hot}, over pods in memory. */
final class Scene {
    static final String PWL = "pwl-1";
    static final Duration FRESH_FOR = Duration.ofSeconds(15);
    static final PriorityRange LOW = new PriorityRange(Integer.MIN_VALUE, 1000);

    final FakeClock clock = new FakeClock("2026-11-25T04:00:00Z");
    final FakePods pods = new FakePods();
    final Heard heard = new Heard();
    PodUsage.Answer usage = new PodUsage.Known(Map.of());
    private int clusterBudget = 30;
    Relief relief = begun();

    /** Another life of the process. */
    void beginAgain() {
        relief = begun();
    }

    /** Another life of the process, with another budget. */
    void beginWithClusterBudget(int evictionsPerMinute) {
        clusterBudget = evictionsPerMinute;
        relief = begun();
    }

    private Relief begun() {
        var begun = new Relief(pods, () -> usage, heard, pod -> pod.name().equals("operator"), clusterBudget, clock);
        begun.begin();
        return begun;
    }

    void submitAndPass(ReliefWish wish) throws InterruptedException {
        relief.submit(PWL, wish);
        relief.pass();
    }

    long limit(String name) {
        return pods.pod(name).containers().getFirst().limit().orElseThrow().millis();
    }

    void uses(Map<String, Long> millis) {
        usage = new PodUsage.Known(millis);
    }

    private Observation hot() {
        return new Observation("cpu", 0.95, 0.88, Duration.ofMinutes(1), clock.instant());
    }

    ReliefWish throttle(boolean enforced, int percent, boolean isHot) {
        var hot = isHot ? Optional.of(hot()) : Optional.<Observation>empty();
        return new Act(
                enforced, List.of(new ThrottleAsk("hot", "best-effort", LOW, percent, hot)), List.of(), FRESH_FOR);
    }

    ReliefWish evict(boolean enforced, boolean suspended) {
        return new Act(enforced, List.of(), List.of(ask("hot", "best-effort", LOW, suspended)), FRESH_FOR);
    }

    ReliefWish evict(EvictAsk... asks) {
        return new Act(true, List.of(), List.of(asks), FRESH_FOR);
    }

    EvictAsk ask(String node, String tier, PriorityRange priorities, boolean suspended) {
        return new EvictAsk(node, tier, priorities, 2, 0.70, Duration.ofSeconds(60), hot(), suspended);
    }
}
