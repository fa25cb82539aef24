package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Deployment that the chart runs the operator in. */
public final class OperatorDeployment {
    private static final String NAME = "waterline-operator";
    private static final int ATTEMPTS = 5;
    private static final Logger log = LoggerFactory.getLogger(OperatorDeployment.class);

    private final KubernetesClient client;
    private final String path;

    public OperatorDeployment(KubernetesClient client, String namespace) {
        this.client = client;
        this.path = "/apis/apps/v1/namespaces/" + namespace + "/deployments/" + NAME + "/scale";
    }

    /** Tells it to run no replica. Does nothing where there is no such Deployment: the operator then runs elsewhere, or not. */
    public void stop() {
        for (int attempt = 1; ; attempt++) {
            var text = client.raw(path);
            if (text == null) {
                return;
            }
            var scale = Serialization.unmarshal(text, Scale.class);
            // The API server leaves a zero out.
            int replicas = scale.getSpec() == null
                    ? 0
                    : Objects.requireNonNullElse(scale.getSpec().getReplicas(), 0);
            if (replicas == 0) {
                return;
            }
            scale.getSpec().setReplicas(0);
            try {
                client.raw(path + "?fieldManager=" + FieldManager.NAME, "PUT", scale);
                log.info("Stopping the operator: Deployment {} is scaled to 0", NAME);
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
