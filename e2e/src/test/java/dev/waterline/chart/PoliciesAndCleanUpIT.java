package dev.waterline.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The chart's policies, and what it does for a cluster that is left, as real Helm renders them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PoliciesAndCleanUpIT {
    private static final String[] ON_REQUEST = {
        "cleanUp.deadOperator.enabled=true", "cleanUp.deadOperator.after=20m", "daemonSets.tolerate=true"
    };

    private final HelmChart helm;

    PoliciesAndCleanUpIT(@TempDir Path folder) {
        helm = HelmChart.in(folder);
    }

    @Test
    void everyArgumentOfACommandThatCleansUpIsAnOptionOfIt() throws Exception {
        var chart = helm.render(ON_REQUEST);
        for (var pod : List.of(hookPod(chart), watchmanPod(chart))) {
            assertThat(helm.refusal(pod.getContainers().getFirst().getArgs())).startsWith("--kubeconfig names");
        }
        assertThat(watchmanPod(chart).getContainers().getFirst().getArgs()).contains("thaw-if-dead", "--after=20m");
    }

    @Test
    void podsThatCleanUpMeetTheRestrictedStandardAndFindANodeOnAClusterThatIsFrozenAllOver() throws Exception {
        var chart = helm.render(ON_REQUEST);
        for (var pod : List.of(hookPod(chart), watchmanPod(chart))) {
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getContainers()).singleElement().satisfies(container -> {
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .isTrue();
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
            });
            assertThat(pod.getTolerations())
                    .anyMatch(toleration -> String.valueOf(toleration.getKey()).endsWith("/waterline")
                            && toleration.getOperator().equals("Exists"));
            assertThat(pod.getPriorityClassName()).isEqualTo("system-cluster-critical");
        }
    }

    @Test
    void theUninstallHookBringsItsRightsAndTakesThemAway() throws Exception {
        var hook = helm.render().text();

        for (var kind :
                List.of(ServiceAccount.class, ClusterRole.class, ClusterRoleBinding.class, Role.class, Job.class)) {
            assertThat(new RenderedChart(hook)
                            .one(kind, "waterline-uninstall")
                            .getMetadata()
                            .getAnnotations())
                    .containsEntry("helm.sh/hook", "pre-delete")
                    .containsEntry("helm.sh/hook-delete-policy", "before-hook-creation,hook-succeeded");
        }
        assertThat(helm.render("cleanUp.onUninstall=false").text()).doesNotContain("waterline-uninstall");
        assertThat(hook).doesNotContain("waterline-thaw-if-dead");
    }

    @Test
    void everyPolicyHasABindingThatDeniesAndCanBeSwitchedOff() throws Exception {
        assertThat(policies(helm.render()))
                .containsExactlyInAnyOrder(
                        "waterline-taint-rights",
                        "waterline-toleration-rights",
                        "waterline-operator-nodes",
                        "waterline-operator-pods",
                        "waterline-operator-resizes",
                        "waterline-operator-dry-runs");
        assertThat(helm.render().all(ValidatingAdmissionPolicyBinding.class))
                .allSatisfy(binding ->
                        assertThat(binding.getSpec().getValidationActions()).containsExactly("Deny"))
                .extracting(binding -> binding.getSpec().getPolicyName())
                .containsExactlyInAnyOrderElementsOf(policies(helm.render()));
        assertThat(policies(helm.render("admissionPolicies.operator=false")))
                .containsExactlyInAnyOrder("waterline-taint-rights", "waterline-toleration-rights");
        assertThat(policies(helm.render("admissionPolicies.taint=false", "admissionPolicies.tolerations=false")))
                .allMatch(name -> name.startsWith("waterline-operator-"));
    }

    @Test
    void daemonSetsAreMadeToTolerateOnRequestWhereTheClusterCan() throws Exception {
        assertThat(helm.render().text()).doesNotContain("MutatingAdmissionPolicy\n");
        assertThat(helm.render("daemonSets.tolerate=true").text()).contains("name: waterline-daemonsets");
        assertThat(helm.run(HelmChart.with(
                                new String[] {"daemonSets.tolerate=true"}, "template", "--kube-version", "1.35.0"))
                        .output())
                .contains("daemonSets.tolerate needs Kubernetes 1.36");
    }

    private static PodSpec hookPod(RenderedChart chart) {
        return chart.one(Job.class, "waterline-uninstall")
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    private static PodSpec watchmanPod(RenderedChart chart) {
        return chart.one(CronJob.class, "waterline-thaw-if-dead")
                .getSpec()
                .getJobTemplate()
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    private static List<String> policies(RenderedChart chart) {
        return chart.all(ValidatingAdmissionPolicy.class).stream()
                .map(policy -> policy.getMetadata().getName())
                .toList();
    }
}
