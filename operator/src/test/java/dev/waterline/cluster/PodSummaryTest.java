package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PodSummaryTest {
    private static final String KEY = "example.org/waterline";

    @Test
    void aPendingPodWithNothingInIt() {
        assertThat(PodSummary.of(pod().build(), KEY))
                .isEqualTo(new PodSummary(
                        "shop",
                        "web-1",
                        "uid-1",
                        "7",
                        0,
                        "",
                        "",
                        "",
                        false,
                        false,
                        0,
                        Optional.of(0L),
                        0,
                        Optional.empty(),
                        Set.of(),
                        false,
                        List.of(),
                        Optional.empty()));
    }

    @Test
    void requestsAndLimitsAreAddedUp() {
        var summary = PodSummary.of(
                withContainers(
                        Map.of("cpu", "250m", "memory", "64Mi"), Map.of("cpu", "1"),
                        Map.of("cpu", "1.5", "memory", "1G"), Map.of("cpu", "500m")),
                KEY);

        assertThat(summary.cpuRequestMillis()).isEqualTo(1750);
        assertThat(summary.cpuLimitMillis()).hasValue(1500L);
        assertThat(summary.memoryRequestBytes()).isEqualTo(64L * 1024 * 1024 + 1_000_000_000L);
    }

    @Test
    void aContainerWithoutALimitMakesThePodUnlimitedAndOneWithoutARequestCountsAsNothing() {
        var summary = PodSummary.of(
                withContainers(Map.of("cpu", "250m"), Map.of("cpu", "1"), Map.of("memory", "1Ki"), Map.of()), KEY);

        assertThat(summary.cpuLimitMillis()).isEmpty();
        assertThat(summary.cpuRequestMillis()).isEqualTo(250);
        assertThat(summary.memoryRequestBytes()).isEqualTo(1024);
    }

    @Test
    void onlyTolerationsOfOurTaintCount() {
        var summary = PodSummary.of(
                tolerating(
                        toleration(KEY, "Equal", "1000", "NoSchedule"),
                        toleration(KEY, null, "2000", null),
                        toleration(KEY, "Equal", "3000", "NoExecute"),
                        toleration("other", "Equal", "4000", "NoSchedule"),
                        toleration("other", "Exists", null, "NoSchedule"),
                        toleration(KEY, "Gt", "5000", "NoSchedule")),
                KEY);

        assertThat(summary.toleratedFloors()).containsExactlyInAnyOrder("1000", "2000");
        assertThat(summary.toleratesAnyFloor()).isFalse();
        assertThat(summary.tolerates(1000)).isTrue();
        assertThat(summary.tolerates(999)).isFalse();
        assertThat(summary.tolerates(5000)).isFalse();
    }

    @Test
    void aPodThatToleratesOurKeyOrEverythingToleratesAnyFloor() {
        assertThat(PodSummary.of(tolerating(toleration(KEY, "Exists", null, "NoSchedule")), KEY)
                        .tolerates(7))
                .isTrue();
        assertThat(PodSummary.of(tolerating(toleration(null, "Exists", null, null)), KEY)
                        .tolerates(7))
                .isTrue();
        assertThat(PodSummary.of(tolerating(toleration(null, "Exists", null, "NoExecute")), KEY)
                        .tolerates(7))
                .isFalse();
    }

    @Test
    void theControllerIsTheOwnerThatCounts() {
        var pod = pod().editMetadata()
                .addNewOwnerReference()
                .withKind("Gadget")
                .endOwnerReference()
                .addNewOwnerReference()
                .withKind("DaemonSet")
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .build();

        assertThat(PodSummary.of(pod, KEY).ownerKind()).isEqualTo("DaemonSet");
        assertThat(PodSummary.of(pod, KEY).isDaemonSetPod()).isTrue();
    }

    @Test
    void theMirrorOfAStaticPodIsKnownByItsAnnotation() {
        var pod = pod().editMetadata()
                .addToAnnotations("kubernetes.io/config.mirror", "hash")
                .endMetadata()
                .build();

        assertThat(PodSummary.of(pod, KEY).mirror()).isTrue();
    }

    @Test
    void aBoundPodKnowsWhereAndSinceWhen() {
        var pod = pod().editSpec()
                .withPriority(9000)
                .withNodeName("n1")
                .addNewVolume()
                .withName("data")
                .withNewPersistentVolumeClaim("claim-1", false)
                .endVolume()
                .addNewVolume()
                .withName("scratch")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withLastTransitionTime("2026-07-01T13:00:00Z")
                .endCondition()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("True")
                .withLastTransitionTime("2026-07-01T12:00:00Z")
                .endCondition()
                .endStatus()
                .build();

        var summary = PodSummary.of(pod, KEY);

        assertThat(summary.isBound()).isTrue();
        assertThat(summary.nodeName()).isEqualTo("n1");
        assertThat(summary.priority()).isEqualTo(9000);
        assertThat(summary.boundAt()).hasValue(Instant.parse("2026-07-01T12:00:00Z"));
        assertThat(summary.claims()).containsExactly("claim-1");
        assertThat(summary.finished()).isFalse();
    }

    @Test
    void aPodThatCouldNotBeScheduledIsNotBound() {
        var pod = pod().withNewStatus()
                .withPhase("Pending")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withLastTransitionTime("2026-07-01T12:00:00Z")
                .endCondition()
                .endStatus()
                .build();

        assertThat(PodSummary.of(pod, KEY).boundAt()).isEmpty();
        assertThat(PodSummary.of(pod, KEY).isBound()).isFalse();
    }

    @Test
    void aPodThatHasSucceededOrFailedIsFinished() {
        for (var phase : List.of("Succeeded", "Failed")) {
            var pod = pod().withNewStatus().withPhase(phase).endStatus().build();
            assertThat(PodSummary.of(pod, KEY).finished()).as(phase).isTrue();
        }
    }

    private static PodBuilder pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web-1")
                .withUid("uid-1")
                .withResourceVersion("7")
                .endMetadata()
                .withNewSpec()
                .endSpec();
    }

    private static Pod tolerating(Toleration... tolerations) {
        return pod().editSpec().withTolerations(tolerations).endSpec().build();
    }

    private static Toleration toleration(
            @Nullable String key, @Nullable String operator, @Nullable String value, @Nullable String effect) {
        var toleration = new Toleration();
        toleration.setKey(key);
        toleration.setOperator(operator);
        toleration.setValue(value);
        toleration.setEffect(effect);
        return toleration;
    }

    private static Pod withContainers(
            Map<String, String> requests1,
            Map<String, String> limits1,
            Map<String, String> requests2,
            Map<String, String> limits2) {
        return pod().editSpec()
                .addToContainers(
                        new ContainerBuilder()
                                .withNewResources()
                                .withRequests(quantities(requests1))
                                .withLimits(quantities(limits1))
                                .endResources()
                                .build(),
                        new ContainerBuilder()
                                .withNewResources()
                                .withRequests(quantities(requests2))
                                .withLimits(quantities(limits2))
                                .endResources()
                                .build())
                .endSpec()
                .build();
    }

    private static Map<String, Quantity> quantities(Map<String, String> texts) {
        return texts.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> new Quantity(entry.getValue())));
    }
}
