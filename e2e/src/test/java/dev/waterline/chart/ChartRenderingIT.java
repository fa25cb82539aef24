package dev.waterline.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.testbed.OperatorInstallation;
import dev.waterline.testbed.tools.ToolSources;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What real Helm makes of the chart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChartRenderingIT {
    private static final Path HOME = ToolSources.home();
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
        "extraEnv[0].name=TZ",
        "extraEnv[0].value=UTC",
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

    private final HelmChart helm;

    ChartRenderingIT(@TempDir Path folder) {
        helm = HelmChart.in(folder);
    }

    @Test
    void theChartPassesStrictLint() throws Exception {
        assertThat(helm.run("lint", "--strict", "--kube-version", HelmChart.KUBERNETES)
                        .code())
                .isZero();
        assertThat(helm.run(HelmChart.with(EVERYTHING, "lint", "--strict", "--kube-version", HelmChart.KUBERNETES))
                        .code())
                .isZero();
    }

    @Test
    void renderingTwiceGivesTheSameBytes() throws Exception {
        assertThat(helm.render().text()).isEqualTo(helm.render().text());
        assertThat(helm.render(EVERYTHING).text())
                .isEqualTo(helm.render(EVERYTHING).text());
    }

    @Test
    void anUnknownValueIsRefusedByName() throws Exception {
        var outcome = helm.run(HelmChart.with(
                new String[] {"prometheusUrl=http://x"}, "template", "--kube-version", HelmChart.KUBERNETES));

        assertThat(outcome.code()).isNotZero();
        assertThat(outcome.output()).contains("prometheusUrl");
    }

    @Test
    void anOldClusterIsRefused() throws Exception {
        assertThat(helm.run("template", "--kube-version", "1.32.9").output()).contains("requires kubeVersion");
    }

    @Test
    void theCrdsAreThoseOfTheTreeAndAreKeptOnUninstall() throws Exception {
        for (var crd : helm.render().all(CustomResourceDefinition.class)) {
            assertThat(crd.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
            crd.getMetadata().setAnnotations(Map.of());
            assertThat(crd).isEqualTo(fromTree(crd.getMetadata().getName()));
        }
        assertThat(helm.render().all(CustomResourceDefinition.class)).hasSize(2);
    }

    @Test
    void theCrdsCanBeLeftOutOrMadeToGoWithTheRelease() throws Exception {
        assertThat(helm.render("crds.enabled=false").all(CustomResourceDefinition.class))
                .isEmpty();
        assertThat(helm.render("crds.keep=false").all(CustomResourceDefinition.class))
                .hasSize(2)
                .allSatisfy(crd ->
                        assertThat(crd).isEqualTo(fromTree(crd.getMetadata().getName())));
    }

    @Test
    void everyArgumentIsAnOptionOfTheOperator() throws Exception {
        assertThat(helm.refusal(List.of("--no-such-option"))).contains("Unknown option");
        for (var chart : List.of(helm.render(), helm.render(EVERYTHING))) {
            var arguments = chart.one(Deployment.class, NAME)
                    .getSpec()
                    .getTemplate()
                    .getSpec()
                    .getContainers()
                    .getFirst()
                    .getArgs();
            assertThat(helm.refusal(arguments)).startsWith("--kubeconfig names");
        }
    }

    @Test
    void anOlderClusterThatIsSupportedGetsTheSameChart() throws Exception {
        assertThat(helm.run("lint", "--strict", "--kube-version", "1.33.0").code())
                .isZero();
        assertThat(helm.run("template", "--namespace", "waterline-system", "--kube-version", "1.33.0")
                        .output())
                .isEqualTo(helm.render().text());
    }

    /** Else the memory and the start that are measured would be those of some other process. */
    @Test
    void theTestsStartTheOperatorWithTheJvmOptionsOfTheChart() throws Exception {
        var container = helm.render()
                .one(Deployment.class, NAME)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
        var environment = container.getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));

        assertThat(container.getResources().getLimits().get("memory")).hasToString("512Mi");
        assertThat(OperatorInstallation.JVM_ARGUMENTS)
                .containsExactly(Stream.concat(
                                Stream.of(Objects.requireNonNull(environment.remove("JAVA_TOOL_OPTIONS"))
                                        .split(" ")),
                                Stream.of("-XX:MaxRAM=512m"))
                        .toArray(String[]::new));
        assertThat(OperatorInstallation.JVM_ENVIRONMENT).isEqualTo(environment);
    }

    @Test
    void thePodMeetsTheRestrictedStandardAndToleratesOurTaint() throws Exception {
        var pod = helm.render("taintKey=example.com/hot")
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
        for (var chart : List.of(helm.render(), helm.render(EVERYTHING))) {
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
        assertThat(scaled(helm.render().one(ClusterRole.class, NAME).getRules()))
                .containsExactly("*/scale");

        var narrow = helm.render(EVERYTHING);

        assertThat(scaled(narrow.one(ClusterRole.class, NAME).getRules())).isEmpty();
        assertThat(narrow.all(Role.class).stream()
                        .filter(role -> role.getMetadata().getName().equals("waterline-operator-workloads")))
                .hasSize(2)
                .allSatisfy(role ->
                        assertThat(scaled(role.getRules())).containsExactly("deployments/scale", "statefulsets/scale"))
                .extracting(role -> role.getMetadata().getNamespace())
                .containsExactlyInAnyOrder("payments", "waterline-system");
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
}
