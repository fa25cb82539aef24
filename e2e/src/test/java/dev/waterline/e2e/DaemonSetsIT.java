package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.junit.WithTestbed;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@WithTestbed(group = "pressure")
class DaemonSetsIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void aDaemonSetThatAFreezeWouldHoldUpIsNamedUntilItsTemplateTolerates(Testbed testbed) {
        TestPods.createClasses(testbed.client());
        InstalledOperator.in(testbed);
        var client = testbed.client();
        var pool = Pool.of(testbed, "daemons", 1);
        client.resource(new DaemonSetBuilder()
                        .withNewMetadata()
                        .withName("agent")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withNewSelector()
                        .addToMatchLabels("app", "agent")
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", "agent")
                        .endMetadata()
                        .withSpec(TestPods.pod("any", "")
                                .editSpec()
                                .addToNodeSelector("pool", "daemons")
                                .endSpec()
                                .buildSpec())
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
        await().atMost(SOON)
                .until(() -> client.pods().inNamespace("default").withLabel("app", "agent").list().getItems().stream()
                        .anyMatch(pod -> "daemons-0".equals(pod.getSpec().getNodeName())));
        pool.waterline("");
        await().atMost(SOON)
                .until(() -> pool.condition("DaemonSetsNotTolerating").equals("False/AllTolerate"));

        pool.heat("daemons-0", 0.95);

        await().atMost(SOON)
                .until(() -> pool.condition("DaemonSetsNotTolerating").equals("True/TemplatesDoNotTolerate"));
        assertThat(pool.current().getStatus().conditions())
                .filteredOn(condition -> condition.getType().equals("DaemonSetsNotTolerating"))
                .allMatch(condition -> condition.getMessage().contains("default/agent"));

        Edits.edit(client.apps().daemonSets().inNamespace("default").withName("agent"), daemonSet -> {
            daemonSet
                    .getSpec()
                    .getTemplate()
                    .getSpec()
                    .getTolerations()
                    .add(new Toleration("NoSchedule", Pool.TAINT, "Exists", null, null));
            return daemonSet;
        });
        await().atMost(SOON)
                .until(() -> pool.condition("DaemonSetsNotTolerating").equals("False/AllTolerate"));
        await().atMost(SOON)
                .until(() -> client.pods().inNamespace("default").withLabel("app", "agent").list().getItems().stream()
                        .anyMatch(pod -> "daemons-0".equals(pod.getSpec().getNodeName())
                                && pod.getSpec().getTolerations().stream()
                                        .anyMatch(toleration -> Pool.TAINT.equals(toleration.getKey()))));
        client.apps().daemonSets().inNamespace("default").withName("agent").delete();
        client.resource(pool.current()).delete();
    }
}
