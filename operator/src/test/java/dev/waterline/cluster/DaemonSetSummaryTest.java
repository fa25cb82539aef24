package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaemonSetSummaryTest {

    @ParameterizedTest
    @CsvSource({
        "NoSchedule, key, Exists, , true",
        "'', key, Exists, , true",
        ", , Exists, , true",
        "NoExecute, key, Exists, , false",
        "NoSchedule, other, Exists, , false",
        "NoSchedule, key, Equal, 1000, false"
    })
    void aTemplateToleratesIfItToleratesEveryValue(
            String effect, String key, String operator, String value, boolean tolerates) {
        var daemonSet = daemonSet(0, 0, new Toleration(effect, key, operator, null, value));

        assertThat(DaemonSetSummary.of(daemonSet, "key").tolerates()).isEqualTo(tolerates);
    }

    @Test
    void aRolloutIsUnderWayWhilePodsAreOfAnOlderTemplate() {
        assertThat(DaemonSetSummary.of(daemonSet(2, 3), "key").rollingOut()).isTrue();
        assertThat(DaemonSetSummary.of(daemonSet(3, 3), "key").rollingOut()).isFalse();
        assertThat(DaemonSetSummary.of(daemonSet(3, 3), "key").tolerates()).isFalse();
    }

    private static DaemonSet daemonSet(int updated, int desired, Toleration... tolerations) {
        return new DaemonSetBuilder()
                .withNewMetadata()
                .withNamespace("kube-system")
                .withName("agent")
                .withUid("u")
                .withResourceVersion("1")
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewSpec()
                .withTolerations(tolerations)
                .endSpec()
                .endTemplate()
                .endSpec()
                .withNewStatus()
                .withUpdatedNumberScheduled(updated)
                .withDesiredNumberScheduled(desired)
                .endStatus()
                .build();
    }
}
