package dev.waterline.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.fixture.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** How often the guard is written, and how long it is waited for. */
class EnforcerPaceTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration A_WHILE = Duration.ofMillis(300);

    private final Arbiter arbiter = new Arbiter();
    private final FakeCluster cluster = new FakeCluster();
    private final FakeClock clock = new FakeClock("2026-07-01T12:00:00Z");
    private final Enforcer enforcer =
            new Enforcer(arbiter, OptionalInt::of, cluster, cluster, cluster, clock, clock.nanoTime());

    @Test
    void aGuardThatWasNotSeenToWorkDoesNotKeepTaintsWaitingForLongAgain() {
        cluster.guardAnswers = false;
        arbiter.submit("a", Map.of("n1", Wish.of(1000, "best-effort")));
        enforcer.pass();
        enforcer.pass();
        cluster.guardAnswers = true;
        enforcer.pass();
        arbiter.submit("a", Map.of("n1", Wish.of(9000, "standard")));
        enforcer.pass();

        assertThat(cluster.deadlines).extracting(Duration::toMillis).containsExactly(3_000L, 500L, 500L, 3_000L);
    }

    @Test
    void freezesAndThawsOfOnePassAreOneWrite() {
        cluster.guards(Map.of(1000, List.of("n1", "n2")));
        arbiter.submit("a", Map.of("n2", Wish.of(9000, "standard"), "n3", Wish.of(1000, "best-effort")));

        assertThat(enforcer.pass()).isTrue();

        assertThat(cluster.journal.stream().filter(line -> line.startsWith("guard")))
                .containsExactly("guard {1000=[n3], 9000=[n2]}");
    }

    @Test
    void aStormOfChangesIsWrittenFiveTimesASecondAtMostAndEndsWithTheLast() {
        try (enforcer) {
            enforcer.start();
            eventually(enforcer::isSettled);
            for (int i = 1; i <= 100; i++) {
                arbiter.submit("a", Map.of("n" + i, Wish.of(1000, "best-effort")));
                enforcer.wake();
                if (i == 1) {
                    eventually(() -> guardWrites() == 1);
                }
            }
            forAWhile(() -> guardWrites() == 1);

            clock.advance(Duration.ofMillis(200));

            eventually(() -> cluster.guarded().equals(Map.of(1000, Set.of("n100"))));
            assertThat(guardWrites()).isEqualTo(2);
        }
    }

    private long guardWrites() {
        return cluster.journal.stream().filter(line -> line.startsWith("guard")).count();
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
