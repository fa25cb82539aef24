package dev.waterline.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waterline.testbed.junit.WithTestbed;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;

@WithTestbed(
        apiServers = 2,
        without = {Part.PROMETHEUS, Part.KWOK})
final class FaultsIT {
    private final Testbed testbed;

    FaultsIT(Testbed testbed) {
        this.testbed = testbed;
    }

    @Test
    void whatOneApiServerIsToldTheOtherKnows() {
        testbed.createNamespace("shared");
        assertThat(testbed.client(User.ADMIN, 1).namespaces().withName("shared").get())
                .isNotNull();
        try (var records = testbed.audit().records()) {
            assertThat(records.filter(record -> record.name().equals("shared"))
                            .filter(record -> record.user().equals("waterline-testbed-admin"))
                            .map(record -> record.verb()))
                    .contains("create", "get");
        }
    }

    @Test
    void aKilledApiServerComesBackWhereItWasAndTheOtherServesMeanwhile() {
        var second = testbed.apiServers().get(1);
        second.kill();
        assertThat(second.isRunning()).isFalse();
        var orphaned = testbed.client(User.ADMIN, 1).namespaces().withName("default");
        assertThatThrownBy(orphaned::get).isInstanceOf(KubernetesClientException.class);
        assertThat(testbed.client().namespaces().withName("default").get()).isNotNull();

        second.start();

        assertThat(orphaned.get()).isNotNull();
    }

    @Test
    void theSchedulerCanBeStoppedAndStarted() {
        testbed.scheduler().stop();
        assertThat(testbed.scheduler().isRunning()).isFalse();
        testbed.scheduler().start();
        assertThat(testbed.scheduler().isRunning()).isTrue();
    }
}
