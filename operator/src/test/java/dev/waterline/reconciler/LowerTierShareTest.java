package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.arbiter.NodeMarks.Mark;
import dev.waterline.cluster.NodeResources;
import dev.waterline.cluster.NodeSummary;
import dev.waterline.cluster.PodSummary;
import dev.waterline.decision.pressure.Ladder;
import dev.waterline.decision.pressure.Tier;
import dev.waterline.decision.pressure.Waterline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LowerTierShareTest {
    private static final Ladder LADDER = new Ladder(List.of(
            new Tier("batch", 0, List.of(new Waterline("cpu", 0.7, 0.6))),
            new Tier("standard", 1000, List.of(new Waterline("cpu", 0.8, 0.7))),
            new Tier("critical", 9000, List.of())));
    private static final List<NodeSummary> NODES = List.of(node("n1", 4_000), node("n2", 6_000));

    @Test
    void itIsWhatTheTiersThatMayFreezeRequestOfWhatTheNodesHave() {
        assertThat(of(pod("n1", 0, 500), pod("n2", 8_999, 1_500), pod("n1", 9_000, 3_000)))
                .hasValue(0.2);
    }

    @Test
    void aPodThatRequestsNothingCountsAsAQuarterOfACore() {
        assertThat(of(pod("n1", 0, 0), pod("n1", 0, 0))).hasValue(0.05);
    }

    @Test
    void podsElsewherePendingFinishedAndThoseThatNoFreezeKeepsAwayDoNotCount() {
        assertThat(of(
                        pod("n3", 0, 500),
                        pod("", 0, 500),
                        pod("n1", "DaemonSet", false, false),
                        pod("n1", "Node", true, false),
                        pod("n1", "Job", false, true)))
                .hasValue(0);
    }

    @Test
    void whereNothingFreezesOrNodesDoNotSayWhatTheyHaveItIsUnknown() {
        var unfrozen = new Ladder(List.of(new Tier("batch", 0, List.of())));

        assertThat(LowerTierShare.of(unfrozen, List.of(), NODES)).isEmpty();
        assertThat(LowerTierShare.of(LADDER, List.of(), List.of(node("n1", 0)))).isEmpty();
        assertThat(LowerTierShare.of(LADDER, List.of(), List.of())).isEmpty();
    }

    private static OptionalDouble of(PodSummary... pods) {
        return LowerTierShare.of(LADDER, List.of(pods), NODES);
    }

    private static NodeSummary node(String name, long millis) {
        return new NodeSummary(
                name,
                "uid-" + name,
                "7",
                Map.of(),
                Mark.NONE,
                List.of(),
                NodeResources.UNKNOWN,
                new NodeResources(millis / 1000.0, 0),
                NodeSummary.Overrides.NONE,
                List.of());
    }

    private static PodSummary pod(String node, int priority, long millis) {
        return pod(node, priority, millis, "ReplicaSet", false, false);
    }

    private static PodSummary pod(String node, String owner, boolean mirror, boolean finished) {
        return pod(node, 0, 500, owner, mirror, finished);
    }

    private static PodSummary pod(
            String node, int priority, long millis, String owner, boolean mirror, boolean finished) {
        return new PodSummary(
                "shop",
                "web",
                "uid",
                "7",
                priority,
                node,
                owner,
                "",
                mirror,
                finished,
                millis,
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                false,
                List.of(),
                Optional.empty());
    }
}
