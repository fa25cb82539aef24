package dev.waterline.testbed;

import dev.waterline.testbed.process.Deadline;
import dev.waterline.testbed.process.FreePorts;
import dev.waterline.testbed.process.TestbedException;
import dev.waterline.testbed.tools.Tool;
import dev.waterline.testbed.tools.ToolSources;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Brings Waterline into a cluster as the README says, but runs the operator as a process of this machine. */
public final class OperatorInstallation {
    public static final String NAMESPACE = "waterline-system";
    /** Those of the chart, and the memory of its container: its limit is the machine that the JVM sees there. */
    public static final List<String> JVM_ARGUMENTS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:TieredStopAtLevel=1",
            "-XX:MaxRAMPercentage=25",
            "-XX:MaxRAM=512m");

    public static final Map<String, String> JVM_ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "1");

    private static final String NAME = "waterline-operator";
    private static final Map<String, String> CHART =
            Map.of("app.kubernetes.io/name", "waterline", "app.kubernetes.io/managed-by", "Helm");
    private static final Duration RENDERED_WITHIN = Duration.ofSeconds(30);
    // The operator runs beside the cluster here, and the API server reaches its webhooks by URL.
    private static final Set<String> RUN_BY_A_CLUSTER = Set.of("Deployment", "Service", "Job", "CronJob");
    private static final Duration ESTABLISHED_WITHIN = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(50);

    private final KubernetesClient client;
    private final Function<Tool, Path> tools;

    public OperatorInstallation(KubernetesClient client, Function<Tool, Path> tools) {
        this.client = client;
        this.tools = tools;
    }

    /** CRDs, the namespace, and whatever else of the chart is not the operator's Deployment. */
    public void install() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        crds().forEach(this::apply);
        for (var object : client.load(chart("--no-hooks")).items()) {
            if (!RUN_BY_A_CLUSTER.contains(object.getKind())) {
                client.resource(object).forceConflicts().serverSideApply();
            }
        }
        awaitEstablished();
    }

    /**
     * Objects of the chart that it renders on request only, or as part of a hook; what a cluster would run is left out.
     *
     * @param name of the objects
     * @param values of the chart, each as {@code name=value}
     */
    public void installAlso(String name, String... values) {
        var options = Stream.of(values).map(value -> "--set=" + value).toArray(String[]::new);
        for (var object : client.load(chart(options)).items()) {
            if (name.equals(object.getMetadata().getName()) && !RUN_BY_A_CLUSTER.contains(object.getKind())) {
                client.resource(object).forceConflicts().serverSideApply();
            }
        }
    }

    /** How to start the operator for a control plane on this machine. */
    public OperatorLaunch launch(Path kubeconfig, URI prometheus) {
        return launch(kubeconfig, prometheus, URI.create("https://127.0.0.1:" + FreePorts.next()));
    }

    /**
     * How to start the operator for a control plane elsewhere.
     *
     * @param webhookUrl by which the API server reaches this machine; null: it does not
     */
    public OperatorLaunch launch(Path kubeconfig, URI prometheus, @Nullable URI webhookUrl) {
        int http = FreePorts.next();
        var address = webhookUrl == null || webhookUrl.getHost().equals("127.0.0.1") ? "127.0.0.1" : "0.0.0.0";
        var webhook = webhookUrl == null ? URI.create("https://127.0.0.1:" + FreePorts.next()) : webhookUrl;
        return OperatorLaunch.ofBuiltJar(
                        "operator",
                        http,
                        List.of(
                                "--kubeconfig=" + kubeconfig,
                                "--namespace=" + NAMESPACE,
                                "--prometheus-url=" + prometheus,
                                "--bind-address=" + address,
                                "--http-port=" + http,
                                "--webhook-port=" + webhook.getPort(),
                                "--webhook-url=" + webhook))
                .withJvmArguments(JVM_ARGUMENTS)
                .withEnvironment(JVM_ENVIRONMENT);
    }

    /** What real Helm makes of the shipped chart: service account, roles and their bindings above all. */
    private InputStream chart(String... options) {
        var command = new ArrayList<>(List.of(
                tools.apply(Tool.HELM).toString(),
                "template",
                "waterline",
                ToolSources.home().resolve("helm").resolve("waterline").toString(),
                "--namespace=" + NAMESPACE,
                "--kube-version=" + client.getKubernetesVersion().getGitVersion(),
                "--set=crds.enabled=false",
                "--set=prometheus.url=http://127.0.0.1"));
        command.addAll(List.of(options));
        var helm = new ProcessBuilder(command);
        try {
            var output = Files.createTempFile("waterline-chart", ".yaml");
            try {
                var process = helm.redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                boolean ended = process.waitFor(RENDERED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
                if (!ended || process.exitValue() != 0) {
                    process.destroyForcibly();
                    throw new TestbedException("helm template helm/waterline failed: " + Files.readString(output));
                }
                return new ByteArrayInputStream(Files.readAllBytes(output));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot render helm/waterline", e);
        } catch (InterruptedException e) {
            throw TestbedException.interrupted("rendering the chart", e);
        }
    }

    /** Undoes {@link #install()}. */
    public static void remove(KubernetesClient client) {
        client.rbac().clusterRoleBindings().withName(NAME).delete();
        client.rbac().clusterRoles().withName(NAME).delete();
        var admission = client.admissionRegistration().v1();
        Stream.of(
                        admission
                                .validatingAdmissionPolicyBindings()
                                .withLabels(CHART)
                                .list()
                                .getItems(),
                        admission
                                .validatingAdmissionPolicies()
                                .withLabels(CHART)
                                .list()
                                .getItems())
                .flatMap(List::stream)
                .forEach(policy -> client.resource(policy).delete());
        client.namespaces().withName(NAMESPACE).delete();
        client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .filter(crd -> crd.getSpec().getGroup().equals("waterline.dev"))
                .forEach(crd -> client.resource(crd).delete());
    }

    private void apply(Path file) {
        try (var stream = Files.newInputStream(file)) {
            client.load(stream)
                    .items()
                    .forEach(object -> client.resource(object).forceConflicts().serverSideApply());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private void awaitEstablished() {
        if (!Deadline.after(ESTABLISHED_WITHIN)
                .await(
                        POLL,
                        () -> client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                                        .filter(crd -> crd.getSpec().getGroup().equals("waterline.dev"))
                                        .filter(crd -> crd.getStatus() != null
                                                && crd.getStatus().getConditions().stream()
                                                        .anyMatch(condition -> condition
                                                                        .getType()
                                                                        .equals("Established")
                                                                && condition
                                                                        .getStatus()
                                                                        .equals("True")))
                                        .count()
                                >= crds().size())) {
            throw new TestbedException("The CRDs of Waterline were not established within "
                    + ESTABLISHED_WITHIN.toSeconds() + " s: kubectl get crds shows their conditions.");
        }
    }

    private static List<Path> crds() {
        try (var files = Files.list(ToolSources.home().resolve("crds"))) {
            return files.filter(file -> file.toString().endsWith(".waterline.dev.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list crds/", e);
        }
    }
}
