package dev.waterline.decision.relief;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.relief.ReliefDecision.Evicted;
import dev.waterline.decision.relief.ReliefDecision.EvictionRefused;
import dev.waterline.decision.relief.ReliefDecision.LeftAlone;
import dev.waterline.decision.relief.ReliefDecision.Restored;
import dev.waterline.decision.relief.ReliefDecision.Subject;
import dev.waterline.decision.relief.ReliefDecision.Throttled;
import dev.waterline.decision.relief.ThrottleNote.Lowered;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReliefSentenceTest {
    private static final Subject POD = new Subject("shop", "batch-1", "uid", "node-1", "best-effort");
    private static final Observation HOT =
            new Observation("cpu", 0.942, 0.88, Duration.ofSeconds(90), Instant.parse("2026-11-25T04:05:06.789Z"));
    private static final Map<String, Lowered> MAIN =
            Map.of("main", new Lowered(new CpuLimit("1500m", 1500), new CpuLimit("750m", 750)));

    @Test
    void aSentenceNamesPodNodeTierNumberLevelAndTheTimeOfTheSample() {
        assertThat(ReliefSentence.of(new Throttled(POD, Optional.of(HOT), 50, MAIN)))
                .isEqualTo(
                        "Throttled pod shop/batch-1 (tier best-effort) on node node-1 to 50 % of its CPU limits (main 1500m"
                                + " to 750m): cpu is at 94.2 % and has been at or above 88.0 % for 1m30s (sample of"
                                + " 2026-11-25T04:05:06Z)");
        assertThat(ReliefSentence.of(new Evicted(POD, HOT, 2100, 500, 2500)))
                .isEqualTo(
                        "Evicted pod shop/batch-1 (tier best-effort) on node node-1, which used 2100m of CPU for a request of"
                                + " 500m, with 2500m to be released: cpu is at 94.2 % and has been at or above 88.0 % for 1m30s"
                                + " (sample of 2026-11-25T04:05:06Z)");
    }

    @Test
    void whatIsUndoneOrCannotBeDoneIsSaidToo() {
        assertThat(ReliefSentence.of(new Restored(POD, MAIN)))
                .isEqualTo("Restored the CPU limits of pod shop/batch-1 (tier best-effort) on node node-1 (main 750m to"
                        + " 1500m)");
        assertThat(ReliefSentence.of(new LeftAlone(POD, Set.of("side", "main"))))
                .contains("somebody else has set the CPU limit of container main, side meanwhile");
        assertThat(ReliefSentence.of(new EvictionRefused(POD, HOT, true, "needs 3 healthy pods and has 3")))
                .contains(
                        "its PodDisruptionBudget holds: needs 3 healthy pods and has 3; it was to go because cpu is at");
        assertThat(ReliefSentence.of(new Throttled(POD, Optional.empty(), 50, MAIN)))
                .endsWith("that was begun before the operator restarted");
    }
}
