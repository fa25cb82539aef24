package dev.waterline.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.testbed.tools.Tool;
import dev.waterline.testbed.tools.ToolSources;
import dev.waterline.testbed.tools.Toolbox;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What real Helm makes of the chart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChartRenderingIT {
    private static final Path HOME = ToolSources.home();
    private static final String KUBERNETES = "1.37.2";
    private static final String NAME = "waterline-operator";
    private static final String[] EVERYTHING = {
        "prometheus.url=http://prometheus.monitoring.svc:9090",
        "prometheus.allowedServers={https://metrics.example.com,https://other.example.com}",
        "watchNamespaces={payments,waterline-system}",
        "apiServerEndpoints={https://10.0.0.1:6443,https://10.0.0.2:6443}",
        "rbac.scaleTargets[0].apiGroups={apps}",
        "rbac.scaleTargets[0].resources={deployments,statefulsets}",
        "log.format=json",
        "log.level=debug",
        "extraArgs={--http-port=8080}",
        "extraEnv[0].name=JAVA_TOOL_OPTIONS",
        "extraEnv[0].value=-XX:+UseSerialGC",
        "imagePullSecrets[0].name=pull",
        "tolerations[0].operator=Exists",
        "nodeSelector.pool=infra",
        "podAnnotations.a=b",
        "podLabels.c=d",
        "serviceAccount.annotations.e=f",
        "metrics.service.annotations.g=h",
        "cleanUp.deadOperator.enabled=true",
        "cleanUp.deadOperator.after=20m",
        "daemonSets.tolerate=true",
        "image.digest=sha256:" + "0123456789abcdef".repeat(4)
    };

    @TempDir
    Path folder;

    private String helm = "";

    @BeforeAll
    void findHelm() {
        var tools = Toolbox.standard(System.err::println).provide(Set.of(Tool.HELM));
        helm = Objects.requireNonNull(tools.get(Tool.HELM)).toString();
    }

    @Test
    void theChartPassesStrictLint() throws Exception {
        assertThat(run("lint", "--strict", "--kube-version", KUBERNETES).code()).isZero();
        assertThat(run(with(EVERYTHING, "lint", "--strict", "--kube-version", KUBERNETES))
                        .code())
                .isZero();
    }

    @Test
    void renderingTwiceGivesTheSameBytes() throws Exception {
        assertThat(render().text()).isEqualTo(render().text());
        assertThat(render(EVERYTHING).text()).isEqualTo(render(EVERYTHING).text());
    }

    @Test
    void anUnknownValueIsRefusedByName() throws Exception {
        var outcome = run(with(new String[] {"prometheusUrl=http://x"}, "template", "--kube-version", KUBERNETES));

        assertThat(outcome.code()).isNotZero();
        assertThat(outcome.output()).contains("prometheusUrl");
    }

    @Test
    void anOldClusterIsRefused() throws Exception {
        assertThat(run("template", "--kube-version", "1.32.9").output()).contains("requires kubeVersion");
    }

    @Test
    void theCrdsAreThoseOfTheTreeAndAreKeptOnUninstall() throws Exception {
        for (var crd : render().all(CustomResourceDefinition.class)) {
            assertThat(crd.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
            crd.getMetadata().setAnnotations(Map.of());
            assertThat(crd).isEqualTo(fromTree(crd.getMetadata().getName()));
        }
        assertThat(render().all(CustomResourceDefinition.class)).hasSize(2);
    }

    @Test
    void theCrdsCanBeLeftOutOrMadeToGoWithTheRelease() throws Exception {
        assertThat(render("crds.enabled=false").all(CustomResourceDefinition.class))
                .isEmpty();
        assertThat(render("crds.keep=false").all(CustomResourceDefinition.class))
                .hasSize(2)
                .allSatisfy(crd ->
                        assertThat(crd).isEqualTo(fromTree(crd.getMetadata().getName())));
    }

    @Test
    void everyArgumentIsAnOptionOfTheOperator() throws Exception {
        assertThat(refusal(List.of("--no-such-option"))).contains("Unknown option");
        for (var chart : List.of(render(), render(EVERYTHING))) {
            var arguments = chart.one(Deployment.class, NAME)
                    .getSpec()
                    .getTemplate()
                    .getSpec()
                    .getContainers()
                    .getFirst()
                    .getArgs();
            assertThat(refusal(arguments)).startsWith("--kubeconfig names");
        }
    }

    @Test
    void everyArgumentOfACommandThatCleansUpIsAnOptionOfIt() throws Exception {
        var chart = render(EVERYTHING);
        for (var pod : List.of(hookPod(chart), watchmanPod(chart))) {
            assertThat(refusal(pod.getContainers().getFirst().getArgs())).startsWith("--kubeconfig names");
        }
        assertThat(watchmanPod(chart).getContainers().getFirst().getArgs()).contains("thaw-if-dead", "--after=20m");
    }

    @Test
    void podsThatCleanUpMeetTheRestrictedStandardAndFindANodeOnAClusterThatIsFrozenAllOver() throws Exception {
        var chart = render(EVERYTHING);
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
        var hook = render().text();

        for (var kind :
                List.of(ServiceAccount.class, ClusterRole.class, ClusterRoleBinding.class, Role.class, Job.class)) {
            assertThat(new RenderedChart(hook)
                            .one(kind, "waterline-uninstall")
                            .getMetadata()
                            .getAnnotations())
                    .containsEntry("helm.sh/hook", "pre-delete")
                    .containsEntry("helm.sh/hook-delete-policy", "before-hook-creation,hook-succeeded");
        }
        assertThat(render("cleanUp.onUninstall=false").text()).doesNotContain("waterline-uninstall");
        assertThat(hook).doesNotContain("waterline-thaw-if-dead");
    }

    @Test
    void everyPolicyHasABindingThatDeniesAndCanBeSwitchedOff() throws Exception {
        assertThat(policies(render()))
                .containsExactlyInAnyOrder(
                        "waterline-taint-rights",
                        "waterline-toleration-rights",
                        "waterline-operator-nodes",
                        "waterline-operator-pods",
                        "waterline-operator-dry-runs");
        assertThat(render().all(ValidatingAdmissionPolicyBinding.class))
                .allSatisfy(binding ->
                        assertThat(binding.getSpec().getValidationActions()).containsExactly("Deny"))
                .extracting(binding -> binding.getSpec().getPolicyName())
                .containsExactlyInAnyOrderElementsOf(policies(render()));
        assertThat(policies(render("admissionPolicies.operator=false")))
                .containsExactlyInAnyOrder("waterline-taint-rights", "waterline-toleration-rights");
        assertThat(policies(render("admissionPolicies.taint=false", "admissionPolicies.tolerations=false")))
                .allMatch(name -> name.startsWith("waterline-operator-"));
    }

    @Test
    void daemonSetsAreMadeToTolerateOnRequestWhereTheClusterCan() throws Exception {
        assertThat(render().text()).doesNotContain("MutatingAdmissionPolicy\n");
        assertThat(render("daemonSets.tolerate=true").text()).contains("name: waterline-daemonsets");
        assertThat(run(with(new String[] {"daemonSets.tolerate=true"}, "template", "--kube-version", "1.35.0"))
                        .output())
                .contains("daemonSets.tolerate needs Kubernetes 1.36");
    }

    @Test
    void anOlderClusterThatIsSupportedGetsTheSameChart() throws Exception {
        assertThat(run("lint", "--strict", "--kube-version", "1.33.0").code()).isZero();
        assertThat(run("template", "--namespace", "waterline-system", "--kube-version", "1.33.0")
                        .output())
                .isEqualTo(render().text());
    }

    @Test
    void thePodMeetsTheRestrictedStandardAndToleratesOurTaint() throws Exception {
        var pod = render("taintKey=example.com/hot")
                .one(Deployment.class, NAME)
                .getSpec()
                .getTemplate()
                .getSpec();

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getContainers()).singleElement().satisfies(container -> {
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getArgs()).contains("--taint-key=example.com/hot");
        });
        assertThat(pod.getTolerations()).anySatisfy(toleration -> {
            assertThat(toleration.getKey()).isEqualTo("example.com/hot");
            assertThat(toleration.getOperator()).isEqualTo("Exists");
        });
    }

    @Test
    void noRuleReachesSecretsInTheWholeClusterOrAllVerbs() throws Exception {
        for (var chart : List.of(render(), render(EVERYTHING))) {
            var cluster = chart.all(ClusterRole.class).stream()
                    .flatMap(role -> role.getRules().stream())
                    .toList();
            var local = chart.all(Role.class).stream()
                    .flatMap(role -> role.getRules().stream())
                    .toList();

            assertThat(cluster)
                    .isNotEmpty()
                    .noneMatch(rule -> rule.getResources().contains("secrets"));
            assertThat(Stream.concat(cluster.stream(), local.stream()))
                    .noneMatch(rule -> rule.getVerbs().contains("*"))
                    .noneMatch(rule -> rule.getResources().contains("*"));
            assertThat(local.stream()
                            .filter(rule -> rule.getResources().contains("secrets"))
                            .filter(rule -> !rule.getVerbs().equals(List.of("create"))))
                    .isNotEmpty()
                    .allMatch(rule -> rule.getResourceNames().equals(List.of("waterline-webhook-tls")));
        }
    }

    @Test
    void namedNamespacesAndScaleTargetsNarrowTheRights() throws Exception {
        assertThat(scaled(render().one(ClusterRole.class, NAME).getRules())).containsExactly("*/scale");

        var narrow = render(EVERYTHING);

        assertThat(scaled(narrow.one(ClusterRole.class, NAME).getRules())).isEmpty();
        assertThat(narrow.all(Role.class).stream()
                        .filter(role -> role.getMetadata().getName().equals("waterline-operator-workloads")))
                .hasSize(2)
                .allSatisfy(role ->
                        assertThat(scaled(role.getRules())).containsExactly("deployments/scale", "statefulsets/scale"))
                .extracting(role -> role.getMetadata().getNamespace())
                .containsExactlyInAnyOrder("payments", "waterline-system");
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

    private static List<String> scaled(List<PolicyRule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.getResources().stream())
                .filter(resource -> resource.endsWith("/scale"))
                .toList();
    }

    private static CustomResourceDefinition fromTree(String name) {
        try {
            var text = Files.readString(HOME.resolve("crds").resolve(name + ".yaml"));
            var crd = Serialization.unmarshal(text, CustomResourceDefinition.class);
            crd.getMetadata().setAnnotations(Map.of());
            return crd;
        } catch (IOException e) {
            throw new AssertionError("The tree has no CRD " + name, e);
        }
    }

    private RenderedChart render(String... values) throws IOException, InterruptedException {
        var outcome = run(with(values, "template", "--namespace", "waterline-system", "--kube-version", KUBERNETES));
        assertThat(outcome.code()).as(outcome.output()).isZero();
        return new RenderedChart(outcome.output());
    }

    private static String[] with(String[] values, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        Arrays.stream(values).forEach(value -> all.addAll(List.of("--set", value)));
        return all.toArray(String[]::new);
    }

    private Command.Outcome run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(helm));
        command.addAll(List.of(arguments));
        command.add(HOME.resolve("helm").resolve("waterline").toString());
        return Command.run(command, folder.resolve("helm.txt"));
    }

    /** What the operator says to these arguments and one more whose value is refused after all others were accepted. */
    private String refusal(List<String> arguments) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command =
                new ArrayList<>(List.of(java, "-cp", System.getProperty("java.class.path"), "dev.waterline.app.Main"));
        command.addAll(arguments);
        command.add("--kubeconfig=no-such-file");
        var outcome = Command.run(command, folder.resolve("operator.txt"));
        assertThat(outcome.code()).as(outcome.output()).isEqualTo(2);
        return outcome.output();
    }
}
