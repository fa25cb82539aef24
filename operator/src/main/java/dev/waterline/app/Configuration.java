package dev.waterline.app;

import dev.waterline.admission.WebhookEndpoint;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that can be set from outside, already validated. Options and environment variables are documented where
 * they are read, in {@link Options}.
 *
 * @param prometheusUrl asked where a resource names no server of its own
 * @param allowedMetricServers servers that resources may name besides {@code prometheusUrl}
 * @param namespace where the operator's own Lease and Secret live
 * @param watchNamespaces namespaces whose ScaledWorkloads are served; empty: all
 * @param bindAddress the local address of both servers
 * @param httpPort metrics and health; 0: any free port
 * @param webhookPort webhooks, TLS; 0: any free port
 * @param webhookEndpoint how the API server reaches the webhooks
 * @param leaderElection whether and how one writer is chosen
 * @param logFormat how a log line looks
 * @param logLevel the least severe level that is logged
 * @param taintKey the key of the taint that carries a node's floor
 * @param evictionsPerMinute most evictions in the whole cluster in any minute; 0: none ever
 * @param apiServerEndpoints API servers that must all acknowledge a guard; empty: the one that the client talks to
 * @param kubeconfig how to reach the API server; empty: KUBECONFIG, the service account, or ~/.kube/config
 * @param shutdownDeadline how long a graceful stop may take altogether
 */
public record Configuration(
        Optional<URI> prometheusUrl,
        List<URI> allowedMetricServers,
        String namespace,
        Set<String> watchNamespaces,
        String bindAddress,
        int httpPort,
        int webhookPort,
        WebhookEndpoint webhookEndpoint,
        LeaderElection leaderElection,
        LogFormat logFormat,
        LogLevel logLevel,
        String taintKey,
        int evictionsPerMinute,
        List<URI> apiServerEndpoints,
        Optional<Path> kubeconfig,
        Duration shutdownDeadline) {

    public Configuration {
        allowedMetricServers = List.copyOf(allowedMetricServers);
        watchNamespaces = Set.copyOf(watchNamespaces);
        apiServerEndpoints = List.copyOf(apiServerEndpoints);
    }
}
