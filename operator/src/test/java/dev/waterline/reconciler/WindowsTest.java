package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.api.v1alpha1.PriorityWaterlineStatus;
import dev.waterline.api.v1alpha1.PriorityWaterlineStatus.WindowStatus;
import dev.waterline.cluster.EventRecorder;
import dev.waterline.decision.window.ProtectedJob;
import dev.waterline.fixture.FakeApiServer;
import dev.waterline.fixture.FakeClock;
import dev.waterline.telemetry.WindowMeters;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private static final Instant START = Instant.parse("2026-11-26T14:00:00Z");
    private static final Instant BEFORE = START.minus(Duration.ofHours(1));
    private static final Instant DEADLINE = START.plus(Duration.ofMinutes(150));

    private final FakeApiServer server = new FakeApiServer();
    private final EventRecorder events =
            new EventRecorder(server.client(), "test", new FakeClock("2026-11-26T14:00:00Z"));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final WindowMeters meters = new WindowMeters(registry);
    private final List<ProtectedJob> jobs = new ArrayList<>();
    private boolean known = true;
    private Windows windows = windows();
    private final PriorityWaterline resource = resource();

    @AfterEach
    void close() {
        events.close();
        server.close();
    }

    @Test
    void beforeItsFirstOccurrenceAWindowIsUpcomingAndNothingIsSaidOfWork() {
        var told = pass(BEFORE);

        assertThat(told.statuses())
                .containsExactly(new WindowStatus(
                        "t0-settlement",
                        "Upcoming",
                        "2026-11-26T13:45:00Z",
                        "2026-11-26T14:00:00Z",
                        "2026-11-26T17:00:00Z",
                        null));
        assertThat(told.settlement()).isEmpty();
    }

    @Test
    void protectedWorkIsFollowedToItsVerdictWhichStandsUntilTheNextWindow() {
        jobs.add(job(Optional.empty()));
        assertThat(reason(pass(START.plusSeconds(60)))).isEqualTo("OnTrack");

        jobs.set(0, job(Optional.of(START.plusSeconds(300))));
        assertThat(reason(pass(START.plusSeconds(301)))).isEqualTo("Met");

        jobs.clear();
        assertThat(reason(pass(DEADLINE))).isEqualTo("Met");
        assertThat(reason(pass(START.plus(Duration.ofHours(9))))).isEqualTo("Met");
        assertThat(reason(pass(START.plus(Duration.ofDays(1))))).isEqualTo("NoWork");
        // In effect, on track, met, over, in effect again, no work.
        awaitEvents(6);
    }

    @Test
    void aDeadlineThatPassedWhileNobodyLookedIsJudgedAfterwards() {
        jobs.add(job(Optional.empty()));
        pass(START.plusSeconds(60));

        assertThat(reason(pass(START.plus(Duration.ofHours(9))))).isEqualTo("Missed");
    }

    @Test
    void atRestTheReportIsTheSamePassAfterPass() {
        jobs.add(job(Optional.empty()));
        var first = pass(START.plusSeconds(300));

        assertThat(pass(START.plusSeconds(305))).isEqualTo(first);
    }

    @Test
    void aRestartGoesOnFromTheStatusWordForWord() {
        jobs.add(job(Optional.empty()));
        pass(START.plusSeconds(60));
        var verdict = pass(DEADLINE.plusSeconds(1));

        windows = windows();
        jobs.clear();

        assertThat(pass(DEADLINE.plusSeconds(2))).isEqualTo(verdict);
    }

    @Test
    void jobsThatAreNotKnownYetAreNotTakenForNone() {
        jobs.add(job(Optional.empty()));
        var before = pass(START.plusSeconds(60));

        windows = windows();
        known = false;

        assertThat(pass(START.plusSeconds(65)).settlement()).isEqualTo(before.settlement());
    }

    @Test
    void theSeriesOfAWindowGoWithIt() {
        jobs.add(job(Optional.empty()));
        pass(START.plusSeconds(60));
        assertThat(registry.getMeters()).isNotEmpty();

        resource.setSpec(Specs.withTiers(Specs.LADDER));
        pass(START.plusSeconds(61));

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aWindowThatProtectsNothingAnyMoreHasNoLedger() {
        jobs.add(job(Optional.empty()));
        pass(START.plusSeconds(60));

        resource.setSpec(Specs.withTiers(Specs.LADDER
                + Specs.SETTLEMENT
                        .lines()
                        .filter(line -> !line.contains("protect:") && !line.contains("deadline:"))
                        .collect(Collectors.joining("\n"))));
        var told = pass(START.plusSeconds(61));

        assertThat(told.settlement()).isEmpty();
        assertThat(told.statuses().getFirst().settlement()).isNull();
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .containsExactly("waterline.window.in.effect");
    }

    private Windows windows() {
        return new Windows(_ -> known ? Optional.of(List.copyOf(jobs)) : Optional.empty(), events, meters);
    }

    /** A pass whose status is written. */
    private Windows.Report pass(Instant now) {
        var told = windows.report(resource, windows.at(resource, now), now);
        resource.setStatus(new PriorityWaterlineStatus(
                1L, List.of(), null, null, List.of(), told.statuses(), List.of(), List.of(), null));
        return told;
    }

    private static String reason(Windows.Report told) {
        return told.settlement().map(ConditionFact::reason).orElse("");
    }

    private static ProtectedJob job(Optional<Instant> succeededAt) {
        return new ProtectedJob(
                "bank/t0",
                START,
                Optional.of(START),
                10,
                succeededAt.isPresent() ? 10 : 9,
                1,
                1,
                succeededAt,
                Optional.empty());
    }

    private static PriorityWaterline resource() {
        var resource = new PriorityWaterline();
        resource.setMetadata(
                new ObjectMetaBuilder().withName("core").withUid("u1").build());
        resource.setSpec(Specs.withTiers(Specs.LADDER + Specs.SETTLEMENT));
        return resource;
    }

    private void awaitEvents(int count) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(server.requests()).hasSize(count));
    }
}
