package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.chart.Command;
import dev.waterline.testbed.OperatorInstallation;
import dev.waterline.testbed.OperatorLaunch;
import dev.waterline.testbed.OperatorProcess;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.TestbedOptions;
import dev.waterline.testbed.User;
import dev.waterline.testbed.junit.TestbedExtension;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the commands that clean up leave of a dead operator, run with the rights that the chart gives them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UninstallIT {
    private static final String HOOK = "waterline-uninstall";
    private static final String WATCHMAN = "waterline-thaw-if-dead";
    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    static final TestbedExtension TESTBED = TestbedExtension.with(TestbedOptions.standard()
            .withUser(User.serviceAccount("hook", OperatorInstallation.NAMESPACE, HOOK))
            .withUser(User.serviceAccount("watchman", OperatorInstallation.NAMESPACE, WATCHMAN)));

    @TempDir
    Path folder;

    @BeforeAll
    void install(Testbed testbed) {
        TestPods.createClasses(testbed.client());
        var installation = new OperatorInstallation(testbed.client(), testbed::tool);
        installation.install();
        installation.installAlso(HOOK);
        installation.installAlso(WATCHMAN, "cleanUp.deadOperator.enabled=true");
    }

    @Test
    @Order(1)
    void theNodesOfAnOperatorThatHasBeenDeadForLongAreThawedAndNotBefore(Testbed testbed) throws Exception {
        var operator = start(testbed);
        var pool = frozen(testbed, "deserted");
        var throttled = LimitedPods.running(testbed.client(), "deserted", TestPods.LOW, "deserted-1", "1700m");

        assertThat(run(testbed, "watchman", "thaw-if-dead", "--after=1m"))
                .returns(0, Command.Outcome::code)
                .extracting(Command.Outcome::output)
                .asString()
                .contains("The operator lives");
        operator.kill();
        assertThat(run(testbed, "watchman", "thaw-if-dead", "--after=1m").output())
                .as("a minute has not passed")
                .contains("The operator lives");
        assertThat(pool.floor("deserted-0")).contains(Pool.FLOOR);

        LimitedPods.throttle(testbed, "deserted");
        assertThat(LimitedPods.cpuLimit(testbed.client(), "deserted")).isEqualTo("510m");
        silentForAnHour(testbed);
        var outcome = run(testbed, "watchman", "thaw-if-dead", "--after=1m");

        assertThat(outcome.code()).as(outcome.output()).isZero();
        assertThat(pool.floor("deserted-0")).isEmpty();
        assertThat(pool.isGuarded("deserted-0")).isFalse();
        assertThat(pool.node("deserted-0").getMetadata().getAnnotations()).doesNotContainKey("waterline.dev/freeze");
        assertRestored(testbed, throttled);
        assertThat(pool.current().getFinalizers())
                .as("an operator that comes back goes on where it was")
                .contains("waterline.dev/thaw");
    }

    @Test
    @Order(2)
    void uninstallingWithADeadOperatorLeavesNothingAndLetsWaterlinesGo(Testbed testbed) throws Exception {
        var client = testbed.client();
        var operator = start(testbed);
        var pool = frozen(testbed, "leaving");
        var throttled = LimitedPods.running(client, "leaving", TestPods.LOW, "leaving-1", "2");
        client.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName("waterline-operator")
                        .withNamespace(OperatorInstallation.NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(1)
                        .withNewSelector()
                        .addToMatchLabels("a", "b")
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("a", "b")
                        .endMetadata()
                        .withSpec(TestPods.pod("any", "").buildSpec())
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
        operator.kill();
        LimitedPods.throttle(testbed, "leaving");

        var outcome = run(testbed, "hook", "uninstall");

        assertThat(outcome.code()).as(outcome.output()).isZero();
        assertThat(client.apps()
                        .deployments()
                        .inNamespace(OperatorInstallation.NAMESPACE)
                        .withName("waterline-operator")
                        .require()
                        .getSpec()
                        .getReplicas())
                .isZero();
        assertThat(pool.floor("leaving-0")).isEmpty();
        assertThat(pool.node("leaving-0").getMetadata().getAnnotations()).doesNotContainKey("waterline.dev/freeze");
        assertRestored(testbed, throttled);
        var admission = client.admissionRegistration().v1();
        assertThat(admission
                        .validatingWebhookConfigurations()
                        .withName("waterline-bind-guard")
                        .get())
                .isNull();
        assertThat(admission
                        .mutatingAdmissionPolicies()
                        .withName("waterline-tolerations")
                        .get())
                .isNull();
        assertThat(admission
                        .mutatingAdmissionPolicyBindings()
                        .withName("waterline-tolerations")
                        .get())
                .isNull();
        client.resource(pool.current()).delete();
        await().atMost(SOON)
                .until(() -> client.resources(PriorityWaterline.class)
                                .withName("leaving")
                                .get()
                        == null);

        var again = run(testbed, "hook", "uninstall");

        assertThat(again.code()).as("it can be repeated: " + again.output()).isZero();
    }

    @Test
    @Order(3)
    void anotherTaintKeyIsRefusedWhileANodeCarriesTheOldOne(Testbed testbed) throws Exception {
        var operator = start(testbed);
        var pool = frozen(testbed, "keyed");
        operator.kill();
        var launch = launch(testbed);

        var outcome = java(with(launch.arguments(), "--taint-key=example.org/other"));

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("--taint-key is example.org/other, but node")
                .contains("kubectl taint nodes --all " + Pool.TAINT + ":NoSchedule-");
        assertThat(pool.floor("keyed-0")).contains(Pool.FLOOR);
    }

    private static OperatorLaunch launch(Testbed testbed) {
        return new OperatorInstallation(testbed.client(), testbed::tool)
                .launch(testbed.kubeconfig(User.OPERATOR), testbed.prometheus().uri());
    }

    private static OperatorProcess start(Testbed testbed) {
        return testbed.startOperator(launch(testbed).withReadyWithin(SOON));
    }

    private static Pool frozen(Testbed testbed, String name) {
        var pool = Pool.of(testbed, name, 2);
        pool.heat(name + "-0", 0.95);
        pool.waterline("");
        await().atMost(SOON).until(() -> pool.floor(name + "-0").isPresent() && pool.isGuarded(name + "-0"));
        return pool;
    }

    private static void assertRestored(Testbed testbed, Pod asItWas) {
        var name = asItWas.getMetadata().getName();
        assertThat(LimitedPods.pod(testbed.client(), name).getSpec()).isEqualTo(asItWas.getSpec());
        assertThat(LimitedPods.note(testbed.client(), name)).isEmpty();
    }

    /** As if the operator had been killed an hour ago. */
    private static void silentForAnHour(Testbed testbed) {
        Edits.edit(
                testbed.client()
                        .resources(Lease.class)
                        .inNamespace(OperatorInstallation.NAMESPACE)
                        .withName("waterline-operator"),
                lease -> {
                    lease.getSpec()
                            .setRenewTime(ZonedDateTime.now(ZoneOffset.UTC).minusHours(1));
                    return lease;
                });
    }

    private Command.Outcome run(Testbed testbed, String user, String... arguments)
            throws IOException, InterruptedException {
        return java(with(
                List.of(arguments),
                "--kubeconfig=" + testbed.kubeconfig(user),
                "--namespace=" + OperatorInstallation.NAMESPACE));
    }

    private Command.Outcome java(List<String> arguments) throws IOException, InterruptedException {
        var launch = OperatorLaunch.ofBuiltJar("clean-up", 0, arguments);
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(
                java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", launch.classPath(), launch.mainClass()));
        command.addAll(launch.arguments());
        return Command.run(command, folder.resolve("clean-up.txt"));
    }

    private static List<String> with(List<String> arguments, String... more) {
        var all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return all;
    }
}
