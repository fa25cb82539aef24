package dev.waterline.demo;

import dev.waterline.testbed.NodeCapacity;
import dev.waterline.testbed.OperatorInstallation;
import dev.waterline.testbed.OperatorProcess;
import dev.waterline.testbed.PrometheusServer;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.TestbedOptions;
import dev.waterline.testbed.User;
import dev.waterline.testbed.process.TestbedException;
import dev.waterline.testbed.scenario.ScenarioExporter;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** A control plane made for this play, which ends with it. */
final class OwnControlPlane implements Stage {
    private final Testbed testbed;
    private final List<String> nodes;
    private final OperatorProcess operator;

    private OwnControlPlane(Testbed testbed, List<String> nodes, OperatorProcess operator) {
        this.testbed = testbed;
        this.nodes = nodes;
        this.operator = operator;
    }

    /** Starts everything: servers, nodes, and the operator under its own identity. */
    static OwnControlPlane start(int nodes, Narrator narrator) {
        var testbed = Testbed.start(TestbedOptions.standard(), narrator::tell);
        boolean started = false;
        // Not on the common pool, on which the Kubernetes client completes its answers.
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var names = executor.submit(() -> testbed.nodes().create(nodes, "core", NODE_LABEL, NodeCapacity.STANDARD));
            var installation = new OperatorInstallation(testbed.client(), testbed::tool);
            installation.install();
            var operator = testbed.startOperator(installation.launch(
                    testbed.kubeconfig(User.OPERATOR), testbed.prometheus().uri()));
            narrator.tell("Operator ready in %s, with the rights that the Helm chart gives it"
                    .formatted(Elapsed.seconds(operator.startUp())));
            var stage = new OwnControlPlane(testbed, names.get(), operator);
            narrator.tell(nodes + " fake nodes ready (kwok plays their kubelets)");
            started = true;
            return stage;
        } catch (ExecutionException e) {
            throw new TestbedException("The fake nodes could not be made: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw TestbedException.interrupted("making fake nodes", e);
        } finally {
            if (!started) {
                testbed.keepLogs();
                testbed.close();
            }
        }
    }

    @Override
    public KubernetesClient client() {
        return testbed.client();
    }

    @Override
    public Path kubeconfig() {
        return testbed.kubeconfig(User.ADMIN);
    }

    @Override
    public List<String> nodes() {
        return nodes;
    }

    @Override
    public ScenarioExporter exporter() {
        return testbed.exporter();
    }

    @Override
    public PrometheusServer prometheus() {
        return testbed.prometheus();
    }

    @Override
    public Witness witness() {
        return new AuditWitness(testbed.audit());
    }

    @Override
    public Path operatorLog() {
        return operator.log();
    }

    @Override
    public void keepLogs() {
        testbed.keepLogs();
    }

    @Override
    public void close() {
        testbed.close();
    }
}
