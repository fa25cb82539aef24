package dev.waterline.demo;

import dev.waterline.testbed.OperatorInstallation;
import dev.waterline.testbed.OperatorProcess;
import dev.waterline.testbed.Part;
import dev.waterline.testbed.PrometheusServer;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.TestbedOptions;
import dev.waterline.testbed.scenario.ScenarioExporter;
import dev.waterline.testbed.tools.Toolbox;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's own cluster. Its API server, scheduler and controllers are used; fake nodes, Prometheus, kwok and the operator are
 * brought along and run on this machine, so no workload of the cluster is touched. All that was made is removed at the end.
 */
final class BorrowedCluster implements Stage {
    private final KubernetesClient client;
    private final Path kubeconfig;
    private final Testbed metrics;
    private final LocalKwok kwok;
    private final OperatorProcess operator;
    private final List<String> nodes;
    private final BorrowedCleanUp cleanUp;

    private BorrowedCluster(
            KubernetesClient client,
            Path kubeconfig,
            Testbed metrics,
            LocalKwok kwok,
            OperatorProcess operator,
            List<String> nodes,
            BorrowedCleanUp cleanUp) {
        this.client = client;
        this.kubeconfig = kubeconfig;
        this.metrics = metrics;
        this.kwok = kwok;
        this.operator = operator;
        this.nodes = nodes;
        this.cleanUp = cleanUp;
    }

    /**
     * Brings everything along. The cluster must have passed {@link ClusterCheck}.
     *
     * @param webhookUrl by which the API server reaches this machine; null: it does not, and nothing may freeze
     */
    static BorrowedCluster start(
            KubernetesClient client, Path kubeconfig, @Nullable URI webhookUrl, int nodes, Narrator narrator) {
        var toolbox = Toolbox.standard(narrator::tell);
        var cleanUp = new BorrowedCleanUp(client, narrator);
        var metrics = Testbed.start(
                TestbedOptions.standard()
                        .without(Part.CONTROLLER_MANAGER, Part.SCHEDULER, Part.KWOK)
                        .withAudit(false)
                        .withApiServers(0),
                narrator::tell);
        LocalKwok kwok = null;
        OperatorProcess operator = null;
        boolean started = false;
        try {
            cleanUp.arm();
            kwok = LocalKwok.start(toolbox, kubeconfig, metrics.logs());
            var names = BorrowedNodes.create(client, nodes);
            kwok.requireAlive();
            narrator.tell(nodes + " fake nodes joined the cluster");
            var installation = new OperatorInstallation(client, metrics::tool);
            installation.install();
            var launch = installation.launch(
                    OperatorKubeconfig.write(client, metrics.directory()),
                    metrics.prometheus().uri(),
                    webhookUrl);
            operator = OperatorProcess.start(launch, metrics.logs());
            narrator.tell("Operator ready in %s, here, with the rights that the Helm chart gives it"
                    .formatted(Elapsed.seconds(operator.startUp())));
            started = true;
            return new BorrowedCluster(client, kubeconfig, metrics, kwok, operator, names, cleanUp);
        } finally {
            if (!started) {
                metrics.keepLogs();
                end(operator, cleanUp, kwok, metrics, client);
            }
        }
    }

    /** The operator stays until its resources are gone, since it thaws what it froze; kwok until the pods are. */
    private static void end(
            @Nullable OperatorProcess operator,
            BorrowedCleanUp cleanUp,
            @Nullable LocalKwok kwok,
            Testbed metrics,
            KubernetesClient client) {
        try {
            cleanUp.run();
        } finally {
            if (operator != null) {
                operator.close();
            }
            if (kwok != null) {
                kwok.close();
            }
            metrics.close();
            client.close();
        }
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public List<String> nodes() {
        return nodes;
    }

    @Override
    public ScenarioExporter exporter() {
        return metrics.exporter();
    }

    @Override
    public PrometheusServer prometheus() {
        return metrics.prometheus();
    }

    @Override
    public Witness witness() {
        return new WatchWitness(client, ClusterCheck.NAMESPACES, InstantSource.system());
    }

    @Override
    public Path operatorLog() {
        return operator.log();
    }

    @Override
    public void keepLogs() {
        metrics.keepLogs();
    }

    @Override
    public void close() {
        end(operator, cleanUp, kwok, metrics, client);
    }
}
