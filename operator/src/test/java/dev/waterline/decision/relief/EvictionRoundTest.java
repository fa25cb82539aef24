package dev.waterline.decision.relief;

import static dev.waterline.decision.relief.Pods.container;
import static dev.waterline.decision.relief.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.relief.EvictionRound.Evict;
import dev.waterline.decision.relief.EvictionRound.Reason;
import dev.waterline.decision.relief.EvictionRound.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EvictionRoundTest {
    private static final Instant START = Instant.parse("2026-11-25T04:00:00Z");
    private static final Instant NOW = START.plusSeconds(3600);
    private static final long CORES_10 = 10_000;
    private static final int CLUSTER = 30;

    /** 95 % of ten cores, to be brought to 70 %: 2.5 cores. */
    private static final EvictAsk ASK = ask(2, false);

    @Test
    void theGreatestUseOverRequestGoesFirst() {
        var round = round(
                Map.of("modest", 900L, "greedy", 800L, "unasked", 700L),
                owned("modest", 900),
                owned("greedy", 100),
                owned("unasked", 0));

        assertThat(evictedIn(round)).containsExactly("unasked", "greedy");
    }

    @Test
    void noMoreIsEvictedThanTheGapCallsFor() {
        var round =
                round(Map.of("a", 1500L, "b", 1200L, "c", 1000L), owned("a", 100), owned("b", 100), owned("c", 100));

        assertThat(evictedIn(round, ask(60, false))).containsExactly("a", "b");
    }

    @Test
    void whatTerminatingPodsUseCountsAsReleased() {
        var pods = List.of(
                owned("a", 100).build(), owned("leaving", 100).terminating().build());
        var round = EvictionRound.of(ASK, CORES_10, pods, usage(Map.of("a", 1000L, "leaving", 2500L)), _ -> false);

        assertThat(next(round)).isEqualTo(new Stop(Reason.ENOUGH_RELEASED));
    }

    @Test
    void ofATerminatingPodWithoutMeasurementTheRequestCounts() {
        var pods = List.of(
                owned("a", 100).build(), owned("leaving", 2500).terminating().build());

        assertThat(next(EvictionRound.of(ASK, CORES_10, pods, usage(Map.of("a", 1000L)), _ -> false)))
                .isEqualTo(new Stop(Reason.ENOUGH_RELEASED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spared")
    void thesePodsAreNeverEvicted(String why, Pods pod) {
        assertThat(next(round(Map.of("x", 5000L), pod))).isEqualTo(new Stop(Reason.NO_CANDIDATE));
    }

    static Stream<Arguments> spared() {
        return Stream.of(
                Arguments.of("bare", pod("x").bare()),
                Arguments.of("of a DaemonSet", pod("x").ownedBy("DaemonSet", "ds")),
                Arguments.of("the mirror of a static pod", pod("x").mirror()),
                Arguments.of("owned by its node", pod("x").ownedBy("Node", "n")),
                Arguments.of("terminating already", pod("x").terminating()),
                Arguments.of("finished", pod("x").finished()),
                Arguments.of("of a higher tier", pod("x").priority(1000)),
                Arguments.of("of the cluster itself", pod("x").priority(2_000_000_000)));
    }

    @Test
    void aPodWhoseUsageIsUnknownOrZeroIsNotEvicted() {
        assertThat(next(round(Map.of("idle", 0L), owned("idle", 100), owned("unmeasured", 100))))
                .isEqualTo(new Stop(Reason.NO_CANDIDATE));
    }

    @Test
    void aPodThatTheInstallationSparesIsNotEvicted() {
        var round =
                EvictionRound.of(ASK, CORES_10, List.of(owned("a", 100).build()), usage(Map.of("a", 1000L)), _ -> true);

        assertThat(next(round)).isEqualTo(new Stop(Reason.NO_CANDIDATE));
    }

    @Test
    void aSuspendedPoolEvictsNothing() {
        assertThat(next(round(ask(2, true), Map.of("a", 1000L), owned("a", 100))))
                .isEqualTo(new Stop(Reason.SUSPENDED));
    }

    @Test
    void aNodeIsLeftAloneForALagAfterAnEviction() {
        var ledger = EvictionLedger.begun(START).evicted("node-1", "other", NOW);
        var round = round(Map.of("a", 1000L), owned("a", 100));

        assertThat(round.next(ledger, CLUSTER, NOW.plusSeconds(59))).isEqualTo(new Stop(Reason.SETTLING));
        assertThat(round.next(ledger, CLUSTER, NOW.plusSeconds(60))).isInstanceOf(Evict.class);
    }

    @Test
    void nothingIsEvictedInTheFirstMinuteOfALedger() {
        var round = round(Map.of("a", 1000L), owned("a", 100));

        assertThat(round.next(EvictionLedger.begun(NOW), CLUSTER, NOW.plusSeconds(59)))
                .isEqualTo(new Stop(Reason.SETTLING));
        assertThat(round.next(EvictionLedger.begun(NOW), CLUSTER, NOW.plusSeconds(60)))
                .isInstanceOf(Evict.class);
    }

    @Test
    void aNodesBudgetEndsTheRound() {
        var round = round(Map.of("a", 300L, "b", 200L, "c", 100L), owned("a", 100), owned("b", 100), owned("c", 100));

        assertThat(evictedIn(round)).containsExactly("a", "b");
    }

    @Test
    void theClustersBudgetEndsTheRound() {
        var ledger = EvictionLedger.begun(START);
        for (int i = 0; i < CLUSTER; i++) {
            ledger = ledger.evicted("elsewhere-" + i, "w-" + i, NOW);
        }

        assertThat(round(Map.of("a", 1000L), owned("a", 100)).next(ledger, CLUSTER, NOW))
                .isEqualTo(new Stop(Reason.CLUSTER_BUDGET));
    }

    @Test
    void aWorkloadLosesOnePodInARound() {
        var round = round(
                Map.of("a-1", 1000L, "a-2", 900L),
                pod("a-1").ownedBy("ReplicaSet", "a"),
                pod("a-2").ownedBy("ReplicaSet", "a"));

        assertThat(evictedIn(round)).containsExactly("a-1");
    }

    private static EvictAsk ask(int perNode, boolean suspended) {
        return new EvictAsk(
                "node-1",
                "best-effort",
                new PriorityRange(Integer.MIN_VALUE, 1000),
                perNode,
                0.70,
                Duration.ofSeconds(60),
                new Observation("cpu", 0.95, 0.93, Duration.ofMinutes(3), NOW),
                suspended);
    }

    private static Pods owned(String name, long request) {
        return pod(name).ownedBy("ReplicaSet", "rs-" + name).with(container("main", request, "4", 4000));
    }

    private static EvictionRound.Usage usage(Map<String, Long> millis) {
        return pod -> Optional.ofNullable(millis.get(pod.name()));
    }

    private static EvictionRound round(Map<String, Long> usage, Pods... pods) {
        return round(ASK, usage, pods);
    }

    private static EvictionRound round(EvictAsk ask, Map<String, Long> usage, Pods... pods) {
        return EvictionRound.of(ask, CORES_10, Stream.of(pods).map(Pods::build).toList(), usage(usage), _ -> false);
    }

    private static EvictionRound.Next next(EvictionRound round) {
        return round.next(EvictionLedger.begun(START), CLUSTER, NOW);
    }

    private static List<String> evictedIn(EvictionRound begun) {
        return evictedIn(begun, begun.ask());
    }

    private static List<String> evictedIn(EvictionRound begun, EvictAsk ask) {
        var evicted = new ArrayList<String>();
        var ledger = EvictionLedger.begun(START);
        var round = new EvictionRound(ask, begun.capacityMillis(), begun.releasingMillis(), begun.candidates(), 0);
        while (round.next(ledger, CLUSTER, NOW) instanceof Evict(Candidate candidate, long _)) {
            evicted.add(candidate.pod().name());
            ledger = ledger.evicted(ask.node(), candidate.workload(), NOW);
            round = round.evicted(candidate);
        }
        return evicted;
    }
}
