package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.api.v1alpha1.PriorityWaterlineStatus.SettlementStatus;
import dev.waterline.api.v1alpha1.PriorityWaterlineStatus.WindowStatus;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.junit.WithTestbed;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A schedule knows minutes only; the lead puts the moment at which a window takes effect wherever a test wants it. */
@WithTestbed(group = "pressure")
class WindowIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String TIERS =
            "tiers: [{name: standard, waterlines: [{signal: cpu, freezeAbove: 60, thawBelow: 50}]}]";

    @BeforeAll
    static void install(Testbed testbed) {
        TestPods.createClasses(testbed.client());
        InstalledOperator.in(testbed);
    }

    /** When a window takes effect, and the minute at which it starts. */
    private record Begin(Instant from, Instant start) {
        static Begin in(Duration fromNow) {
            var from = Instant.now().plus(fromNow).truncatedTo(ChronoUnit.SECONDS);
            return new Begin(from, from.plusSeconds(61).truncatedTo(ChronoUnit.MINUTES));
        }

        /** The window's YAML, on one line. */
        String window(String name, Duration duration, String rest) {
            var utc = start.atZone(ZoneOffset.UTC);
            return "{name: %s, schedule: '%d %d * * *', duration: %ds, lead: %ds, %s}"
                    .formatted(
                            name,
                            utc.getMinute(),
                            utc.getHour(),
                            duration.toSeconds(),
                            Duration.between(from, start).toSeconds(),
                            rest);
        }
    }

    @Test
    void aWindowFreezesWithinASecondOfTakingEffectAndItsNodesThawAfterIt(Testbed testbed) {
        var pool = Pool.of(testbed, "window", 1);
        var node = "window-0";
        pool.heat(node, 0.7);
        pool.waterline("interval: 10s");
        await().atMost(SOON).until(() -> pool.condition("Enforced").equals("True/Acknowledged"));
        // Two samples at the least, so that the dwell can be read from them.
        await().pollDelay(Duration.ofSeconds(22))
                .atMost(SOON)
                .until(() -> pool.floor(node).isEmpty());

        var begin = Begin.in(Duration.ofSeconds(5));
        pool.waterline("interval: 10s\nwindows: [" + begin.window("t0", Duration.ofSeconds(1), TIERS) + "]");
        await().atMost(SOON)
                .until(() ->
                        window(pool).filter(w -> w.state().equals("Upcoming")).isPresent());
        assertThat(pool.isGuarded(node)).isFalse();

        await().pollInterval(Duration.ofMillis(20)).atMost(SOON).until(() -> pool.isGuarded(node));
        var late = Duration.between(begin.from(), Instant.now());
        System.out.printf("Window in effect to guard: %d ms%n", late.toMillis());
        assertThat(late).isBetween(Duration.ZERO, Duration.ofSeconds(1));
        await().atMost(SOON).until(() -> pool.floor(node).isPresent());
        await().atMost(SOON)
                .until(() -> window(pool).filter(w -> w.state().equals("Lead")).isPresent());
        var status = pool.current().getStatus();
        assertThat(status.tiers().getFirst().thresholds().getFirst().origin()).isEqualTo("Window/t0");
        assertThat(status.tiers().getFirst().thresholds().getFirst().freezeAbove())
                .isEqualTo(60);
        assertThat(status.decisions().getFirst().message()).contains("(set by tier standard in window t0)");

        await().atMost(Duration.ofMinutes(2)).until(() -> pool.floor(node).isEmpty() && !pool.isGuarded(node));
        assertThat(Instant.now()).isAfter(begin.start());
        assertThat(pool.current()
                        .getStatus()
                        .tiers()
                        .getFirst()
                        .thresholds()
                        .getFirst()
                        .origin())
                .isEqualTo("Spec");
    }

    @Test
    void protectedJobsThatSucceedInTimeAreMet(Testbed testbed) {
        var pool = Pool.of(testbed, "settled", 1);
        job(testbed, "settled", true);
        var begin = Begin.in(Duration.ofSeconds(2));
        pool.waterline("windows: [" + begin.window("t0", Duration.ofMinutes(5), protect("settled")) + "]");

        await().atMost(SOON)
                .until(() -> settlement(pool)
                        .filter(s -> s.state().equals("OnTrack"))
                        .isPresent());
        assertThat(settlement(pool).orElseThrow().jobs()).isEqualTo(1);
        assertThat(pool.condition("Settlement")).isEqualTo("True/OnTrack");

        resume(testbed, "settled");
        await().atMost(SOON)
                .until(() ->
                        settlement(pool).filter(s -> s.state().equals("Met")).isPresent());
        assertThat(settlement(pool).orElseThrow().succeeded()).isEqualTo(1);
        assertThat(pool.condition("Settlement")).isEqualTo("True/Met");
        await().atMost(SOON).until(() -> events(testbed, "settled").contains("SettlementMet"));
    }

    @Test
    void whatIsNotDoneByTheDeadlineIsMissedWithItsName(Testbed testbed) {
        var pool = Pool.of(testbed, "unsettled", 1);
        job(testbed, "unsettled", true);
        var begin = Begin.in(Duration.ofSeconds(2));
        pool.waterline("windows: [" + begin.window("t0", Duration.ofMinutes(5), protect("unsettled") + ", deadline: 5s")
                + "]");

        await().atMost(Duration.ofSeconds(100))
                .until(() ->
                        settlement(pool).filter(s -> s.state().equals("Missed")).isPresent());
        assertThat(settlement(pool).orElseThrow().message()).contains("unsettled/unsettled");
        assertThat(pool.condition("Settlement")).isEqualTo("False/Missed");
        assertThat(events(testbed, "unsettled")).contains("SettlementMissed");
    }

    @Test
    void aWindowThatCannotBeFollowedIsSaidAndTheRestGoesOn(Testbed testbed) {
        var pool = Pool.of(testbed, "calendar", 1);
        pool.waterline(
                "windows: [{name: mars, schedule: '0 22 * * *', timeZone: Mars/Olympus, duration: 1h, " + TIERS + "}]");
        await().atMost(SOON).until(() -> pool.condition("Ready").equals("False/InvalidWindow"));

        pool.heat("calendar-0", 0.9);

        await().atMost(SOON).until(() -> pool.floor("calendar-0").isPresent());
        assertThat(pool.current().getStatus().conditions())
                .filteredOn(condition -> condition.getType().equals("Ready"))
                .allSatisfy(condition -> assertThat(condition.getMessage())
                        .startsWith("spec.windows[0].timeZone: 'Mars/Olympus' is not in the IANA time zone database"));
    }

    private static String protect(String namespace) {
        return "protect: {namespaces: [%s], jobSelector: {matchLabels: {app: settlement}}}".formatted(namespace);
    }

    private static void job(Testbed testbed, String name, boolean suspended) {
        testbed.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .serverSideApply();
        testbed.client()
                .resource(Serialization.unmarshal(
                        """
                        apiVersion: batch/v1
                        kind: Job
                        metadata: {name: NAME, namespace: NAME, labels: {app: settlement}}
                        spec:
                          suspend: SUSPENDED
                          completions: 4
                          parallelism: 2
                          template:
                            spec:
                              restartPolicy: Never
                              nodeSelector: {pool: NAME}
                              containers: [{name: task, image: example.org/none}]
                        """.replace("NAME", name).replace("SUSPENDED", Boolean.toString(suspended)), Job.class))
                .create();
    }

    private static void resume(Testbed testbed, String name) {
        Edits.edit(testbed.client().batch().v1().jobs().inNamespace(name).withName(name), job -> {
            job.getSpec().setSuspend(false);
            return job;
        });
    }

    private static Optional<WindowStatus> window(Pool pool) {
        var status = pool.current().getStatus();
        return status == null ? Optional.empty() : status.windows().stream().findFirst();
    }

    private static Optional<SettlementStatus> settlement(Pool pool) {
        return window(pool).map(WindowStatus::settlement);
    }

    private static List<String> events(Testbed testbed, String waterline) {
        return testbed
                .client()
                .events()
                .v1()
                .events()
                .inNamespace("default")
                .withFields(Map.of("regarding.name", waterline))
                .list()
                .getItems()
                .stream()
                .map(event -> event.getReason())
                .toList();
    }
}
