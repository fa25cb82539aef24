package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.junit.WithTestbed;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@Observed
@WithTestbed(group = "pressure")
class PriorityWaterlineIT {
    private static final Duration SOON = Duration.ofSeconds(15);

    @BeforeAll
    static void install(Testbed testbed) {
        TestPods.createClasses(testbed.client());
        InstalledOperator.in(testbed);
    }

    @Test
    void aHotNodeFreezesIsGuardedAndThawsOnceItHasCooled(Testbed testbed) {
        var pool = Pool.of(testbed, "basic", 3);
        pool.waterline("");
        await().atMost(SOON).until(() -> pool.condition("Enforced").equals("True/Acknowledged"));
        assertThat(pool.condition("Ready")).isEqualTo("True/Accepted");

        pool.heat("basic-0", 0.9);
        await().atMost(SOON)
                .until(() -> pool.floor("basic-0").filter(f -> f == Pool.FLOOR).isPresent());
        assertThat(pool.isGuarded("basic-0")).isTrue();
        assertThat(pool.isGuarded("basic-1")).isFalse();
        assertThat(TestPods.bind(
                        testbed.client(), TestPods.unscheduled(testbed.client(), "low", TestPods.LOW), "basic-0"))
                .contains("denied the request")
                .contains("basic-0")
                .contains("PriorityWaterline basic: cpu is at 90.0 % and has been at or above 82.0 %");
        assertThat(TestPods.bind(
                        testbed.client(),
                        TestPods.unscheduled(testbed.client(), "low-elsewhere", TestPods.LOW),
                        "basic-1"))
                .isEmpty();
        assertThat(TestPods.bind(
                        testbed.client(),
                        TestPods.unscheduled(testbed.client(), "critical", TestPods.CRITICAL),
                        "basic-0"))
                .isEmpty();
        await().atMost(SOON).until(() -> pool.condition("Engaged").equals("True/NodesFrozen"));
        assertThat(pool.current().getStatus().nodesFrozen()).isEqualTo(1);
        assertThat(pool.current().getStatus().decisions().getFirst().message()).contains("cpu is at 90.0 %");

        pool.heat("basic-0", 0.5);
        await().atMost(SOON).until(() -> pool.floor("basic-0").isEmpty() && !pool.isGuarded("basic-0"));
        await().atMost(SOON).until(() -> pool.condition("Engaged").equals("False/NothingFrozen"));
        assertThat(pool.node("basic-0").getMetadata().getAnnotations()).doesNotContainKey("waterline.dev/freeze");
    }

    @Test
    void foreignTaintsStayAndDeletionLeavesNothingBehind(Testbed testbed) {
        var pool = Pool.of(testbed, "gone", 2);
        Edits.edit(testbed.client().nodes().withName("gone-0"), node -> {
            node.getSpec().getTaints().add(new Taint("PreferNoSchedule", "example.org/theirs", null, "kept"));
            return node;
        });
        pool.waterline("");
        pool.heat("gone-0", 0.95);
        await().atMost(SOON).until(() -> pool.floor("gone-0").isPresent());

        testbed.client().resource(pool.current()).delete();

        await().atMost(SOON)
                .until(() -> testbed.client()
                                .resources(PriorityWaterline.class)
                                .withName("gone")
                                .get()
                        == null);
        assertThat(pool.floor("gone-0")).isEmpty();
        assertThat(pool.isGuarded("gone-0")).isFalse();
        assertThat(pool.node("gone-0").getSpec().getTaints())
                .extracting(Taint::getKey)
                .containsExactly("example.org/theirs");
    }

    @Test
    void anEditedThresholdActsOnTheSamplesAtHand(Testbed testbed) {
        var pool = Pool.of(testbed, "edited", 1);
        pool.heat("edited-0", 0.7);
        pool.waterline("");
        await().atMost(SOON).until(() -> pool.condition("Enforced").equals("True/Acknowledged"));
        await().pollDelay(Duration.ofSeconds(4))
                .atMost(SOON)
                .until(() -> pool.floor("edited-0").isEmpty());

        long start = System.nanoTime();
        pool.waterline("tiers: [{name: standard, waterlines: [{signal: cpu, freezeAbove: 60, thawBelow: 50}]}, {name:"
                + " critical, minPriority: 1000}]");
        await().pollInterval(Duration.ofMillis(10)).atMost(SOON).until(() -> pool.isGuarded("edited-0"));
        System.out.printf(
                "Config edit to guard: %d ms%n",
                Duration.ofNanos(System.nanoTime() - start).toMillis());
        await().atMost(SOON).until(() -> pool.floor("edited-0").isPresent());
    }

    @Test
    void dryRunDecidesAndTouchesNothing(Testbed testbed) {
        var pool = Pool.of(testbed, "dry", 1);
        pool.heat("dry-0", 0.95);
        pool.waterline("mode: DryRun");

        await().atMost(SOON).until(() -> pool.condition("Engaged").equals("True/NodesFrozen"));
        assertThat(pool.floor("dry-0")).isEmpty();
        assertThat(pool.isGuarded("dry-0")).isFalse();

        pool.waterline("");
        await().atMost(SOON).until(() -> pool.floor("dry-0").isPresent());
        pool.waterline("mode: DryRun");
        await().atMost(SOON).until(() -> pool.floor("dry-0").isEmpty() && !pool.isGuarded("dry-0"));
    }

    @Test
    void theKillSwitchThawsEverythingAndPauseKeepsIt(Testbed testbed) {
        var pool = Pool.of(testbed, "switched", 1);
        pool.heat("switched-0", 0.95);
        pool.waterline("");
        await().atMost(SOON).until(() -> pool.floor("switched-0").isPresent());

        annotate(pool, "waterline.dev/paused", "true");
        await().atMost(SOON).until(() -> pool.condition("Ready").equals("True/Paused"));
        pool.heat("switched-0", 0.1);
        await().during(Duration.ofSeconds(8))
                .atMost(SOON)
                .until(() -> pool.floor("switched-0").isPresent());

        pool.heat("switched-0", 0.95);
        annotate(pool, "waterline.dev/paused", "false");
        annotate(pool, "waterline.dev/thaw-all", "true");
        await().atMost(SOON).until(() -> pool.floor("switched-0").isEmpty() && !pool.isGuarded("switched-0"));
        assertThat(pool.condition("Ready")).isEqualTo("True/ThawAll");
        await().atMost(SOON)
                .until(() -> Told.about(testbed, "switched", "Paused") == 1
                        && Told.about(testbed, "switched", "ThawAll") == 1);
        assertThat(pool.current().getStatus().decisions().getFirst().message())
                .contains("Thawed tier standard on node switched-0: annotation waterline.dev/thaw-all is set");
    }

    @Test
    void aForeignHandThatSetsOurTaintIsCleanedUpAfter(Testbed testbed) {
        var pool = Pool.of(testbed, "orphan", 1);
        Policies.lifted(
                testbed.client(),
                "waterline-taint-rights",
                () -> await().atMost(SOON)
                        .ignoreExceptions()
                        .until(() ->
                                testbed.client().nodes().withName("orphan-0").edit(node -> {
                                            node.getSpec()
                                                    .getTaints()
                                                    .add(new Taint("NoSchedule", Pool.TAINT, null, "5000"));
                                            return node;
                                        })
                                        != null));
        assertThat(pool.floor("orphan-0")).contains(5000);
        await().atMost(Duration.ofSeconds(40))
                .until(() -> pool.floor("orphan-0").isEmpty());
    }

    @Test
    void aTaintThatAHandRemovesWhileTheNodeIsFrozenComesBack(Testbed testbed) {
        var pool = Pool.of(testbed, "stripped", 1);
        pool.heat("stripped-0", 0.95);
        pool.waterline("");
        await().atMost(SOON).until(() -> pool.floor("stripped-0").isPresent());

        Edits.edit(testbed.client().nodes().withName("stripped-0"), node -> {
            node.getSpec().getTaints().removeIf(taint -> taint.getKey().equals(Pool.TAINT));
            return node;
        });

        assertThat(pool.floor("stripped-0")).isEmpty();
        assertThat(pool.isGuarded("stripped-0")).isTrue();
        await().atMost(Duration.ofSeconds(40))
                .until(() -> pool.floor("stripped-0").isPresent());
    }

    private static void annotate(Pool pool, String key, String value) {
        Annotations.set(pool.client().resources(PriorityWaterline.class).withName(pool.name()), key, value);
    }
}
