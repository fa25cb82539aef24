package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.testbed.OperatorInstallation;
import dev.waterline.testbed.OperatorLaunch;
import dev.waterline.testbed.OperatorProcess;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.User;
import dev.waterline.testbed.audit.AuditRecord;
import dev.waterline.testbed.junit.WithTestbed;
import dev.waterline.testbed.process.TestbedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a killed, a second and a gently stopped operator leave behind. */
@Observed
@WithTestbed(group = "restart")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(20);

    private OperatorInstallation installation(Testbed testbed) {
        return new OperatorInstallation(testbed.client(), testbed::tool);
    }

    @BeforeAll
    void install(Testbed testbed) {
        installation(testbed).install();
        TestPods.createClasses(testbed.client());
    }

    @Test
    void aKilledOperatorComesBackWithoutAFlapOrAnOrphan(Testbed testbed) {
        var first = start(testbed);
        var pool = Pool.of(testbed, "killed", 4);
        pool.waterline("");
        await().atMost(SOON).until(() -> pool.condition("Enforced").equals("True/Acknowledged"));
        pool.heat("killed-0", 0.9);
        pool.heat("killed-1", 0.9);
        await().atMost(SOON)
                .until(() -> pool.floor("killed-0").isPresent()
                        && pool.floor("killed-1").isPresent());
        var since = pool.node("killed-0").getMetadata().getAnnotations().get("waterline.dev/freeze");

        first.kill();
        var killedAt = Instant.now();
        pool.heat("killed-1", 0.3);
        var second = start(testbed);
        System.out.printf(
                "Ready %d ms after the start of the process (plain jar, JVM options of the chart)%n",
                second.startUp().toMillis());

        await().atMost(SOON).until(() -> pool.floor("killed-1").isEmpty() && !pool.isGuarded("killed-1"));
        assertThat(pool.floor("killed-0")).contains(Pool.FLOOR);
        assertThat(pool.isGuarded("killed-0")).isTrue();
        assertThat(pool.node("killed-0").getMetadata().getAnnotations()).containsEntry("waterline.dev/freeze", since);
        assertThat(nodeWrites(testbed, "killed-0", killedAt))
                .as("a node that stays hot is not touched by a restart")
                .isEmpty();
        assertThat(nodeWrites(testbed, "killed-1", killedAt))
                .as("a node that has cooled thaws once")
                .hasSize(1);

        pool.heat("killed-0", 0.3);
        await().atMost(SOON).until(() -> pool.floor("killed-0").isEmpty());
        assertThat(second.terminate(STOPPED_WITHIN)).isEqualTo(143);
    }

    @Test
    void aSecondInstallationRefusesToStartAndSaysWhereTheFirstIs(Testbed testbed) {
        try (var first = start(testbed)) {
            testbed.createNamespace("elsewhere");
            var launch = installation(testbed)
                    .launch(testbed.kubeconfig(User.ADMIN), testbed.prometheus().uri());
            var arguments = new ArrayList<>(launch.arguments());
            arguments.removeIf(argument -> argument.startsWith("--namespace="));
            arguments.add("--namespace=elsewhere");
            var second = OperatorLaunch.ofBuiltJar("second", launch.healthPort(), arguments);

            assertThat(catchStart(testbed, second))
                    .contains("ended with code 4")
                    .contains(User.OPERATOR_NAMESPACE);
            assertThat(first.isRunning()).isTrue();
        }
    }

    @Test
    void overridesAndSwitchesOutliveTheOperatorAndAreNotToldAgain(Testbed testbed) {
        var first = start(testbed);
        var pool = Pool.of(testbed, "lasting", 2);
        pool.waterline("");
        var node = testbed.client().nodes().withName("lasting-0");
        Annotations.set(
                node,
                "waterline.dev/freeze-override",
                "5000;until=" + Instant.now().plusSeconds(3600));
        Annotations.set(
                testbed.client().resources(PriorityWaterline.class).withName("lasting"),
                "waterline.dev/paused",
                "true");
        await().atMost(SOON)
                .until(() -> pool.floor("lasting-0").filter(f -> f == 5000).isPresent()
                        && pool.condition("Ready").equals("True/Paused"));
        await().atMost(SOON)
                .until(() -> Told.about(testbed, "lasting-0", "FreezeOverride") == 1
                        && Told.about(testbed, "lasting", "Paused") == 1);

        first.kill();
        var killedAt = Instant.now();
        try (var second = start(testbed)) {
            pool.heat("lasting-1", 0.95);
            await().during(Duration.ofSeconds(8))
                    .atMost(SOON)
                    .until(() -> pool.floor("lasting-0").filter(f -> f == 5000).isPresent()
                            && pool.floor("lasting-1").isEmpty());
            assertThat(second.isRunning()).isTrue();
            assertThat(nodeWrites(testbed, "lasting-0", killedAt)).isEmpty();
            assertThat(Told.about(testbed, "lasting-0", "FreezeOverride")).isEqualTo(1);
            assertThat(Told.about(testbed, "lasting", "Paused")).isEqualTo(1);

            testbed.client().resource(pool.current()).delete();
            Annotations.set(node, "waterline.dev/freeze-override", null);
            await().atMost(SOON).until(() -> pool.floor("lasting-0").isEmpty());
        }
    }

    @Test
    void atRestNothingIsWrittenButTheLease(Testbed testbed) {
        try (var operator = start(testbed)) {
            var pool = Pool.of(testbed, "resting", 3);
            pool.heat("resting-0", 0.9);
            pool.waterline("");
            await().atMost(SOON).until(() -> pool.condition("Engaged").equals("True/NodesFrozen"));
            await().atMost(SOON).until(() -> pool.floor("resting-0").isPresent());
            var from = Instant.now().plusSeconds(3);
            await().pollInterval(Duration.ofSeconds(1))
                    .during(Duration.ofSeconds(35))
                    .atMost(SOON)
                    .until(() ->
                            testbed
                                    .audit()
                                    .writesBy(
                                            testbed.identity(User.OPERATOR)
                                                    .user()
                                                    .username(),
                                            from,
                                            Instant.now())
                                    .stream()
                                    .allMatch(write -> write.resource().equals("leases")));
            testbed.client().resource(pool.current()).delete();
            await().atMost(SOON).until(() -> pool.floor("resting-0").isEmpty());
            assertThat(operator.isRunning()).isTrue();
        }
    }

    private OperatorProcess start(Testbed testbed) {
        return testbed.startOperator(installation(testbed)
                .launch(testbed.kubeconfig(User.OPERATOR), testbed.prometheus().uri())
                .withReadyWithin(SOON));
    }

    private static String catchStart(Testbed testbed, OperatorLaunch launch) {
        try (var unexpected = testbed.startOperator(launch)) {
            return "it started with pid " + unexpected.pid();
        } catch (TestbedException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static List<AuditRecord> nodeWrites(Testbed testbed, String node, Instant from) {
        return testbed.audit().writesBy(testbed.identity(User.OPERATOR).user().username(), from, Instant.now()).stream()
                .filter(write ->
                        write.resource().equals("nodes") && write.name().equals(node))
                .toList();
    }
}
