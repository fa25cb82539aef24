package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.decision.relief.PodFacts;
import dev.waterline.decision.relief.ThrottleWant;
import dev.waterline.relief.ReliefPods;
import dev.waterline.relief.Throttling;
import dev.waterline.testbed.OperatorInstallation;
import dev.waterline.testbed.OperatorProcess;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.User;
import dev.waterline.testbed.audit.AuditRecord;
import dev.waterline.testbed.junit.WithTestbed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Throttling against a real API server, by operators that are killed on the way. Nothing here gets cooler by it: kwok has no
 * kubelet, so relief is shown by what it does to the API.
 */
@WithTestbed(group = "relief")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReliefIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(20);

    private static final String THROTTLE =
            "tiers: [{name: standard, waterlines: [{signal: cpu, freezeAbove: 82, thawBelow: 75}], relief: {throttle: {above: 85,"
                    + " after: 2s, cpuLimitPercent: 40}}}, {name: critical, minPriority: 1000}]";

    @BeforeAll
    void install(Testbed testbed) {
        installation(testbed).install();
        TestPods.createClasses(testbed.client());
    }

    @Test
    void aHotNodesLowPodsAreThrottledAndRestoredExactlyEvenByAnotherLife(Testbed testbed) {
        var client = testbed.client();
        var pool = Pool.of(testbed, "throttle", 2);
        var low = LimitedPods.running(client, "low", TestPods.LOW, "throttle-0", "1500m");
        var critical = LimitedPods.running(client, "critical", TestPods.CRITICAL, "throttle-0", "1500m");
        var elsewhere = LimitedPods.running(client, "elsewhere", TestPods.LOW, "throttle-1", "1500m");
        var first = start(testbed);
        pool.waterline(THROTTLE);
        pool.heat("throttle-0", 0.9);

        await().atMost(SOON).until(() -> LimitedPods.cpuLimit(client, "low").equals("600m"));
        assertThat(LimitedPods.note(client, "low").orElseThrow())
                .contains(low.getMetadata().getUid())
                .contains("\"original\":\"1500m\"");
        await().atMost(SOON).until(() -> pool.condition("Relief").equals("True/Active"));
        await().atMost(SOON)
                .until(() -> Told.about(testbed, "low", "Throttle") > 0
                        && Told.about(testbed, "throttle-0", "Throttle") > 0);

        first.kill();
        var killedAt = Instant.now();
        var second = start(testbed);
        await().atMost(SOON)
                .during(Duration.ofSeconds(6))
                .until(() -> LimitedPods.cpuLimit(client, "low").equals("600m"));
        assertThat(podWrites(testbed, killedAt))
                .as("a restart touches no throttled pod")
                .isEmpty();

        second.kill();
        pool.heat("throttle-0", 0.3);
        var third = start(testbed);
        await().atMost(SOON).until(() -> LimitedPods.note(client, "low").isEmpty());
        assertThat(LimitedPods.pod(client, "low").getSpec()).isEqualTo(low.getSpec());
        assertThat(LimitedPods.pod(client, "critical").getSpec()).isEqualTo(critical.getSpec());
        assertThat(LimitedPods.pod(client, "elsewhere").getSpec()).isEqualTo(elsewhere.getSpec());
        assertThat(third.terminate(STOPPED_WITHIN)).isEqualTo(143);
        client.resource(pool.current()).delete();
    }

    @Test
    void aWaterlineThatIsDeletedRestoresBeforeItGoesAndADryRunTouchesNothing(Testbed testbed) {
        var client = testbed.client();
        var pool = Pool.of(testbed, "leaving", 1);
        var low = LimitedPods.running(client, "leaving", TestPods.LOW, "leaving-0", "2");
        try (var operator = start(testbed)) {
            pool.waterline("mode: DryRun\n" + THROTTLE);
            pool.heat("leaving-0", 0.9);
            await().atMost(SOON).until(() -> Told.about(testbed, "leaving", "ThrottleDryRun") > 0);
            assertThat(LimitedPods.pod(client, "leaving").getSpec()).isEqualTo(low.getSpec());
            assertThat(LimitedPods.note(client, "leaving")).isEmpty();

            pool.waterline(THROTTLE);
            await().atMost(SOON)
                    .until(() -> LimitedPods.cpuLimit(client, "leaving").equals("800m"));
            var waterline = client.resource(pool.current());
            waterline.delete();
            await().atMost(SOON).until(() -> waterline.get() == null);
            assertThat(LimitedPods.pod(client, "leaving").getSpec()).isEqualTo(low.getSpec());
            assertThat(LimitedPods.note(client, "leaving")).isEmpty();
            assertThat(operator.isRunning()).isTrue();
        }
    }

    /** Dies before and after the nth write for every n, until a run has no nth write any more. */
    @ParameterizedTest(name = "died after the write: {0}")
    @ValueSource(booleans = {false, true})
    void limitsAreRestoredExactlyWhateverWriteTheProcessDiesAt(boolean after, Testbed testbed) {
        var client = testbed.client();
        var prefix = after ? "after" : "before";
        Pool.of(testbed, prefix, 1);
        var pods = LimitedPods.asOperator(testbed);
        var want = Optional.of(new ThrottleWant("some-uid", "standard", 30));
        for (int nth = 0; nth < 10; nth++) {
            var name = prefix + "-" + nth;
            var before = LimitedPods.running(client, name, TestPods.LOW, prefix + "-0", "1700m");
            boolean died = diesAt(pods, name, nth, after, want);

            var settled = new Throttling(pods, InstantSource.system());
            settled.bring(facts(pods, name), want);
            assertThat(LimitedPods.cpuLimit(client, name))
                    .as("died at write %d", nth)
                    .isEqualTo("510m");
            settled.bring(facts(pods, name), Optional.empty());
            assertThat(LimitedPods.pod(client, name).getSpec())
                    .as("died at write %d", nth)
                    .isEqualTo(before.getSpec());
            assertThat(LimitedPods.note(client, name)).isEmpty();
            if (!died) {
                assertThat(nth).as("writes from throttled to restored").isEqualTo(4);
                return;
            }
        }
        throw new AssertionError("it never came through");
    }

    private static boolean diesAt(ReliefPods pods, String name, int nth, boolean after, Optional<ThrottleWant> want) {
        var dying = new Throttling(new DyingPods(pods, nth, after), InstantSource.system());
        try {
            dying.bring(facts(pods, name), want);
            dying.bring(facts(pods, name), Optional.empty());
            return false;
        } catch (DyingPods.Died e) {
            return true;
        }
    }

    private static PodFacts facts(ReliefPods pods, String name) {
        return pods.live("default", name).orElseThrow();
    }

    private static List<AuditRecord> podWrites(Testbed testbed, Instant from) {
        return testbed.audit().writesBy(testbed.identity(User.OPERATOR).user().username(), from, Instant.now()).stream()
                .filter(write ->
                        write.resource().equals("pods") && !write.namespace().equals(User.OPERATOR_NAMESPACE))
                .toList();
    }

    private static OperatorInstallation installation(Testbed testbed) {
        return new OperatorInstallation(testbed.client(), testbed::tool);
    }

    private OperatorProcess start(Testbed testbed) {
        return testbed.startOperator(installation(testbed)
                .launch(testbed.kubeconfig(User.OPERATOR), testbed.prometheus().uri())
                .withReadyWithin(SOON));
    }
}
