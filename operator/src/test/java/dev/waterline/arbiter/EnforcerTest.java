package dev.waterline.arbiter;

import static dev.waterline.arbiter.NodeMarks.Mark.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class EnforcerTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration A_WHILE = Duration.ofMillis(100);

    private final Arbiter arbiter = new Arbiter();
    private final FakeCluster cluster = new FakeCluster();
    private final TreeSet<Integer> proven = new TreeSet<>(List.of(1000, 9000));
    private final Enforcer enforcer = enforcer();

    private Enforcer enforcer() {
        var clock = InstantSource.fixed(Wish.SINCE);
        return new Enforcer(arbiter, this::highestProven, cluster, cluster, cluster, clock, System::nanoTime);
    }

    private OptionalInt highestProven(int floor) {
        var found = proven.floor(floor);
        return found == null ? OptionalInt.empty() : OptionalInt.of(found);
    }

    @Test
    void aFreezeGuardsBeforeItTaints() {
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort")));

        assertThat(enforcer.pass()).isTrue();

        eventually(() -> cluster.journal.size() == 2);
        assertThat(cluster.journal).containsExactly("guard {1000=[n1]}", "mark n1 1000");
        assertThat(enforcer.inForce()).isEqualTo(Map.of("n1", 1000));
    }

    @Test
    void aThawTakesTheGuardOffBeforeTheTaint() {
        cluster.guards(Map.of(1000, List.of("n1")));
        cluster.carries("n1", 1000, "a");
        arbiter.submit("a", Map.of());

        assertThat(enforcer.pass()).isTrue();

        eventually(() -> cluster.marks.isEmpty());
        assertThat(cluster.journal).containsExactly("guard {}", "mark n1 none");
        assertThat(enforcer.inForce()).isEmpty();
    }

    @Test
    void whatIsAlreadySoIsNotWrittenAgain() {
        cluster.guards(Map.of(1000, List.of("n1")));
        cluster.carries("n1", 1000, "a");
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort")));

        assertThat(enforcer.pass()).isTrue();

        forAWhile(cluster.journal::isEmpty);
    }

    @Test
    void aGuardThatLeadsToAnAddressOfThePastIsWrittenAgain() {
        cluster.guards(Map.of(1000, List.of("n1")));
        cluster.carries("n1", 1000, "a");
        cluster.guardIsCurrent = false;
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort")));

        assertThat(enforcer.pass()).isTrue();

        assertThat(cluster.journal).containsExactly("guard {1000=[n1]}");
        assertThat(cluster.told).isEmpty();
    }

    @Test
    void nothingThawsBeforeEveryWaterlineHasSpoken() {
        cluster.guards(Map.of(1000, List.of("n1")));
        cluster.carries("n1", 1000, "b");
        cluster.carries("n2", 9000, "b");
        arbiter.await(List.of("a", "b"));
        arbiter.submit("a", Map.of());

        assertThat(enforcer.pass()).isTrue();

        forAWhile(() -> cluster.marks.size() == 2);
        assertThat(cluster.guarded()).isEqualTo(Map.of(1000, sorted("n1"), 9000, sorted("n2")));
    }

    @Test
    void theMarkOfAWaterlineThatHasNotSpokenIsNotOverwritten() {
        cluster.guards(Map.of(9000, List.of("n1")));
        cluster.carries("n1", 9000, "b");
        arbiter.await(List.of("a", "b"));
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort")));

        assertThat(enforcer.pass()).isTrue();

        forAWhile(() -> new NodeMarks.Mark(Optional.of(9000), Optional.of("b")).equals(cluster.marks.get("n1")));
        assertThat(cluster.guarded()).isEqualTo(Map.of(9000, sorted("n1")));
    }

    @Test
    void aFreezeIsNotKeptWaitingByAWaterlineThatHasNotSpoken() {
        cluster.guards(Map.of(1000, List.of("n1")));
        cluster.carries("n1", 1000, "b");
        arbiter.await(List.of("a", "b"));
        arbiter.submit("a", Map.of("n1", Wish.of(9000, "standard"), "n2", Wish.of(1000, "best-effort")));

        assertThat(enforcer.pass()).isTrue();

        eventually(() -> new NodeMarks.Mark(Optional.of(9000), Optional.of("b")).equals(cluster.marks.get("n1"))
                && new NodeMarks.Mark(Optional.of(1000), Optional.of("a")).equals(cluster.marks.get("n2")));
        assertThat(enforcer.inForce()).isEqualTo(Map.of("n1", 9000, "n2", 1000));
    }

    @Test
    void onceAllHaveSpokenWhatNobodyWantsThaws() {
        cluster.guards(Map.of(9000, List.of("n1", "n2")));
        cluster.carries("n1", 9000, "b");
        cluster.carries("n2", 9000, "b");
        arbiter.await(List.of("a", "b"));
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort")));
        enforcer.pass();

        arbiter.submit("b", Map.of());
        assertThat(enforcer.pass()).isTrue();

        eventually(() -> Map.of("n1", new NodeMarks.Mark(Optional.of(1000), Optional.of("a")))
                .equals(cluster.marks));
        assertThat(cluster.guarded()).isEqualTo(Map.of(1000, sorted("n1")));
    }

    @Test
    void anUnprovenFloorGivesWayToTheHighestProvenBelowIt() {
        proven.remove(9000);
        arbiter.submit("a", Map.of("n1", Wish.of(9000, "standard")));

        assertThat(enforcer.pass()).isTrue();

        assertThat(enforcer.inForce()).isEqualTo(Map.of("n1", 1000));
        eventually(() -> cluster.journal.contains("mark n1 1000"));
    }

    @Test
    void whereNoFloorIsProvenNothingIsDone() {
        proven.clear();
        arbiter.submit("a", Map.of("n1", Wish.of(9000, "standard")));

        assertThat(enforcer.pass()).isTrue();

        forAWhile(cluster.journal::isEmpty);
    }

    @Test
    void whatTheGuardHoldsAlreadyGoesOnThoughItIsNotProvenYet() {
        proven.clear();
        cluster.guards(Map.of(9000, List.of("n1")));
        cluster.carries("n1", 9000, "a");
        arbiter.submit("a", Map.of("n1", Wish.of(9000, "standard")));

        assertThat(enforcer.pass()).isTrue();

        forAWhile(cluster.journal::isEmpty);
        assertThat(enforcer.inForce()).isEqualTo(Map.of("n1", 9000));
    }

    @Test
    void aGuardAboveTheVerdictDoesNotKeepItUp() {
        cluster.guards(Map.of(9000, List.of("n1")));
        cluster.carries("n1", 9000, "a");
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort")));

        assertThat(enforcer.pass()).isTrue();

        eventually(() -> cluster.journal.contains("mark n1 1000"));
        assertThat(cluster.journal).containsExactly("guard {1000=[n1]}", "mark n1 1000");
    }

    @Test
    void anOrphanMarkIsCleanedOnlyOnceAllHaveSpoken() {
        cluster.carries("n1", 1000, "of nobody");
        arbiter.await(List.of("a"));
        enforcer.pass();
        forAWhile(() -> cluster.marks.containsKey("n1"));

        arbiter.submit("a", Map.of());
        enforcer.pass();

        eventually(() -> cluster.marks.isEmpty());
    }

    @Test
    void anAnnotationWithoutATaintIsCleanedToo() {
        cluster.marks.put("n1", new NodeMarks.Mark(Optional.empty(), Optional.of("of nobody")));

        enforcer.pass();

        eventually(() -> cluster.marks.isEmpty());
        assertThat(cluster.journal).containsExactly("mark n1 none");
    }

    @Test
    void withoutAnAcknowledgementTaintsAreSetAndTakenOffAllTheSame() {
        cluster.guards(Map.of(1000, List.of("n2")));
        cluster.carries("n2", 1000, "a");
        cluster.guardAnswers = false;
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort")));

        assertThat(enforcer.pass()).isFalse();

        eventually(() -> cluster.marks.containsKey("n1") && !cluster.marks.containsKey("n2"));
        assertThat(enforcer.inForce()).isEqualTo(Map.of("n2", 1000));
        assertThat(cluster.told).isEmpty();
        assertThat(cluster.toldInVain).containsExactly(Map.of("n1", 1000));

        cluster.guardAnswers = true;
        assertThat(enforcer.pass()).isTrue();

        assertThat(enforcer.inForce()).isEqualTo(Map.of("n1", 1000));
        assertThat(cluster.told).containsExactly(Map.of("n1", 1000));
    }

    @Test
    void aGuardThatCannotBeWrittenMakesThawsWait() {
        cluster.guards(Map.of(9000, List.of("n1")));
        cluster.carries("n1", 9000, "a");
        cluster.guardCanBeWritten = false;
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort")));

        assertThat(enforcer.pass()).isFalse();
        forAWhile(() -> new NodeMarks.Mark(Optional.of(9000), Optional.of("a")).equals(cluster.marks.get("n1")));

        cluster.guardCanBeWritten = true;
        assertThat(enforcer.pass()).isTrue();
        eventually(() -> cluster.journal.contains("mark n1 1000"));
    }

    @Test
    void aGuardThatCannotBeWrittenDoesNotKeepTaintsAway() {
        cluster.guardCanBeWritten = false;
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort")));

        assertThat(enforcer.pass()).isFalse();
        eventually(() -> cluster.marks.containsKey("n1"));

        cluster.guardCanBeWritten = true;
        assertThat(enforcer.pass()).isTrue();
        assertThat(cluster.guarded()).isEqualTo(Map.of(1000, sorted("n1")));
    }

    @Test
    void aRisenFloorIsToldOnce() {
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort")));
        enforcer.pass();
        enforcer.pass();
        arbiter.submit("a", Map.of("n1", Wish.of(9000, "standard")));
        enforcer.pass();
        enforcer.pass();
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort")));
        enforcer.pass();

        assertThat(cluster.told).containsExactly(Map.of("n1", 1000), Map.of("n1", 9000));
        assertThat(cluster.toldInVain).isEmpty();
    }

    @Test
    void whatWasInForceBeforeARestartIsNotToldAgain() {
        cluster.guards(Map.of(1000, List.of("n1")));
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort"), "n2", Wish.of(1000, "best-effort")));

        assertThat(enforcer.pass()).isTrue();

        assertThat(cluster.told).containsExactly(Map.of("n2", 1000));
    }

    @Test
    void whatTheGuardHoldsIsToldOnEveryChangeAndOnceAfterARestart() {
        cluster.guards(Map.of(1000, List.of("n1")));
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort")));
        enforcer.pass();
        enforcer.pass();
        arbiter.submit("a", Map.of());
        enforcer.pass();

        assertThat(cluster.holds).containsExactly(Map.of("n1", 1000), Map.of());
    }

    @Test
    void theWorkerSettlesAndAWakeCallMakesItLookAgain() {
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort")));
        try (var running = enforcer()) {
            running.start();
            eventually(running::isSettled);
            assertThat(cluster.guarded()).isEqualTo(Map.of(1000, sorted("n1")));

            arbiter.submit("a", Map.of());
            running.wake();

            eventually(() -> running.isSettled() && cluster.marks.isEmpty());
            assertThat(cluster.guarded()).isEmpty();
        }
    }

    @Test
    void itIsNotSettledWhileTheGuardIsNotAcknowledged() {
        cluster.guardAnswers = false;
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort")));
        try (var running = enforcer()) {
            running.start();
            eventually(() -> !cluster.marks.isEmpty());
            assertThat(running.isSettled()).isFalse();

            cluster.guardAnswers = true;

            eventually(running::isSettled);
            assertThat(cluster.marks).doesNotContainValue(NONE);
        }
    }

    private static Set<String> sorted(String... names) {
        return new TreeSet<>(List.of(names));
    }

    private static void eventually(BooleanSupplier condition) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(5)).until(condition::getAsBoolean);
    }

    private static void forAWhile(BooleanSupplier condition) {
        await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .during(A_WHILE)
                .until(condition::getAsBoolean);
    }
}
