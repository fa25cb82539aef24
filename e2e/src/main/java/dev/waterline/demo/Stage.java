package dev.waterline.demo;

import dev.waterline.testbed.PrometheusServer;
import dev.waterline.testbed.scenario.ScenarioExporter;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where the stories are played: a cluster with Waterline, and the Prometheus that Waterline asks. */
interface Stage extends AutoCloseable {
    /** What the nodes of the stories are labelled with. */
    Map<String, String> NODE_LABEL = Map.of("pool", "core");

    /** A client that may do everything the stories do. Do not close it. */
    KubernetesClient client();

    /** How people reach the cluster. */
    Path kubeconfig();

    /** Names of the fake nodes, all ready. */
    List<String> nodes();

    /** Plays what Prometheus scrapes. */
    ScenarioExporter exporter();

    PrometheusServer prometheus();

    /** A new witness, which sees what happens from now on. */
    Witness witness();

    /** Where the operator writes its log. */
    Path operatorLog();

    /** Makes {@link #close()} leave the logs where they are. */
    void keepLogs();

    @Override
    void close();
}
