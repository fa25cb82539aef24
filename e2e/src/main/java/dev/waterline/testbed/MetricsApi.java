package dev.waterline.testbed;

import dev.waterline.testbed.metricsapi.MetricsServer;
import dev.waterline.testbed.metricsapi.PlayedUsage;
import dev.waterline.testbed.process.Deadline;
import dev.waterline.testbed.process.TestbedException;
import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/**
 * {@code metrics.k8s.io} as metrics-server would serve it: an aggregated API, so that the API server authorises whoever asks,
 * with whatever usage a test gives to nodes and pods.
 */
public final class MetricsApi {
    private static final String NAMESPACE = "kube-system";
    private static final String SERVICE = "testbed-metrics";
    private static final String API_SERVICE = "v1beta1.metrics.k8s.io";
    private static final Duration AVAILABLE_WITHIN = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    private final KubernetesClient client;
    private final MetricsServer server;

    MetricsApi(KubernetesClient client, MetricsServer server) {
        this.client = client;
        this.server = server;
    }

    /** What it tells, at first nothing of anything. */
    public PlayedUsage usage() {
        return server.usage();
    }

    /** Answers every question for metrics with status 503 while {@code true}. */
    public void failing(boolean fails) {
        server.failing(fails);
    }

    /** How often the list of all nodes was asked for. */
    public int nodeLists() {
        return server.nodeLists();
    }

    /** Makes the cluster serve it, and waits until it does. Does nothing if it does already. */
    public void register() {
        client.resource(service()).serverSideApply();
        client.resource(apiService()).serverSideApply();
        if (!Deadline.after(AVAILABLE_WITHIN).await(POLL, this::isAvailable)) {
            throw new TestbedException(
                    "APIService " + API_SERVICE + " did not get available within " + AVAILABLE_WITHIN.toSeconds()
                            + " s: " + apiServiceInCluster().getStatus());
        }
    }

    /** Makes the cluster serve no such API, as one without metrics-server. */
    public void unregister() {
        client.apiServices().withName(API_SERVICE).delete();
    }

    private boolean isAvailable() {
        var status = apiServiceInCluster().getStatus();
        return status != null
                && status.getConditions().stream()
                        .anyMatch(condition ->
                                "Available".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private APIService apiServiceInCluster() {
        return client.apiServices().withName(API_SERVICE).require();
    }

    /** The API server reaches a Service of this type by the name, which is where our server listens. */
    private Service service() {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(SERVICE)
                .endMetadata()
                .withNewSpec()
                .withType("ExternalName")
                .withExternalName("localhost")
                .addNewPort()
                .withPort(server.port())
                .endPort()
                .endSpec()
                .build();
    }

    private APIService apiService() {
        return new APIServiceBuilder()
                .withNewMetadata()
                .withName(API_SERVICE)
                .endMetadata()
                .withNewSpec()
                .withGroup("metrics.k8s.io")
                .withVersion("v1beta1")
                .withGroupPriorityMinimum(100)
                .withVersionPriority(100)
                // It asks for testbed-metrics.kube-system.svc, a name that no certificate of a testbed has.
                .withInsecureSkipTLSVerify(true)
                .withNewService()
                .withNamespace(NAMESPACE)
                .withName(SERVICE)
                .withPort(server.port())
                .endService()
                .endSpec()
                .build();
    }
}
