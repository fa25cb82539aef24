package dev.waterline.app;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command line as users see it. Each option can also be given by the environment variable that its description
 * ends with; the option wins.
 */
@Command(
        name = "waterline-operator",
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpWidth = 110,
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        header = "Runs the Waterline operator: scales workloads from Prometheus and freezes hot nodes by priority.",
        description = {
            "",
            "In a cluster it finds the API server through its service account and needs no option but"
                    + " --prometheus-url. Each option can be given by the environment variable named with it; the"
                    + " option wins. Durations are written 500ms, 15s, 2m or 1h.%n"
        },
        footer = {
            "",
            "Exit codes: 0 or 143 stopped as asked; 1 could not start; 2 an option is wrong; 3 the lease was lost to"
                    + " another replica; 4 another installation owns this cluster.",
            "",
            "Example, outside a cluster and without a Service:",
            "  java -jar waterline-operator.jar --kubeconfig ~/.kube/config --leader-elect=false \\",
            "    --prometheus-url http://127.0.0.1:9090 --webhook-url https://127.0.0.1:9443"
        })
interface Options {
    String TAINT_KEY = "status-taint.cluster-autoscaler.kubernetes.io/waterline";

    @Option(
            order = 1,
            names = "--prometheus-url",
            paramLabel = "<url>",
            description = "The Prometheus to ask where a resource names none. Without it, each trigger and signal must"
                    + " name its own. [WATERLINE_PROMETHEUS_URL]")
    @Nullable URI prometheusUrl();

    @Option(
            order = 2,
            names = "--allowed-metric-servers",
            split = ",",
            paramLabel = "<url>",
            description = "Servers that resources may name besides the one of --prometheus-url, separated by commas."
                    + " Default: none. [WATERLINE_ALLOWED_METRIC_SERVERS]")
    @Nullable List<URI> allowedMetricServers();

    @Option(
            order = 3,
            names = "--namespace",
            paramLabel = "<name>",
            description = "The operator's own namespace, where its Lease and its Secret live. Default: POD_NAMESPACE,"
                    + " the service account's namespace, or waterline-system. [WATERLINE_NAMESPACE]")
    @Nullable String namespace();

    @Option(
            order = 4,
            names = "--watch-namespaces",
            split = ",",
            paramLabel = "<name>",
            description = "Namespaces whose ScaledWorkloads are served, separated by commas. Default: all."
                    + " [WATERLINE_WATCH_NAMESPACES]")
    @Nullable List<String> watchNamespaces();

    @Option(
            order = 5,
            names = "--bind-address",
            defaultValue = "0.0.0.0",
            paramLabel = "<address>",
            description = "Local address of both servers. Default: ${DEFAULT-VALUE}. [WATERLINE_BIND_ADDRESS]")
    String bindAddress();

    @Option(
            order = 6,
            names = "--http-port",
            defaultValue = "8080",
            paramLabel = "<port>",
            description =
                    "Port of /metrics, /healthz and /readyz; 0 takes a free one. Default: ${DEFAULT-VALUE}. [WATERLINE_HTTP_PORT]")
    int httpPort();

    @Option(
            order = 7,
            names = "--webhook-port",
            defaultValue = "9443",
            paramLabel = "<port>",
            description =
                    "Port of the webhooks (TLS); 0 takes a free one. Default: ${DEFAULT-VALUE}. [WATERLINE_WEBHOOK_PORT]")
    int webhookPort();

    @Option(
            order = 8,
            names = "--webhook-service",
            paramLabel = "<name:port>",
            description = "The Service in the own namespace by which the API server reaches the webhooks. Default:"
                    + " waterline-webhook:443. [WATERLINE_WEBHOOK_SERVICE]")
    @Nullable String webhookService();

    @Option(
            order = 9,
            names = "--webhook-url",
            paramLabel = "<url>",
            description = "The base URL by which the API server reaches the webhooks where there is no Service, for"
                    + " example https://127.0.0.1:9443. Excludes --webhook-service. [WATERLINE_WEBHOOK_URL]")
    @Nullable URI webhookUrl();

    @Option(
            order = 10,
            names = "--leader-elect",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "true",
            paramLabel = "<true|false>",
            description = "Let replicas agree on one writer. Switch it off only where this process is surely the only"
                    + " one. Default: ${DEFAULT-VALUE}. [WATERLINE_LEADER_ELECT]")
    boolean leaderElect();

    @Option(
            order = 11,
            names = "--lease-duration",
            defaultValue = "15s",
            paramLabel = "<duration>",
            description =
                    "How long other replicas wait after the leader's last sign of life. Default: ${DEFAULT-VALUE}. [WATERLINE_LEASE_DURATION]")
    Duration leaseDuration();

    @Option(
            order = 12,
            names = "--renew-deadline",
            defaultValue = "10s",
            paramLabel = "<duration>",
            description =
                    "How long a leader may write after its last renewal; then it stops itself. Default: ${DEFAULT-VALUE}. [WATERLINE_RENEW_DEADLINE]")
    Duration renewDeadline();

    @Option(
            order = 13,
            names = "--retry-period",
            defaultValue = "2s",
            paramLabel = "<duration>",
            description =
                    "Pause between two attempts to take or renew the lease. Default: ${DEFAULT-VALUE}. [WATERLINE_RETRY_PERIOD]")
    Duration retryPeriod();

    @Option(
            order = 14,
            names = "--taint-key",
            defaultValue = TAINT_KEY,
            paramLabel = "<key>",
            description = "Key of the taint that carries a node's floor. Change it only while no node carries it."
                    + " Default: ${DEFAULT-VALUE}. [WATERLINE_TAINT_KEY]")
    String taintKey();

    @Option(
            order = 15,
            names = "--api-server-endpoints",
            split = ",",
            paramLabel = "<url>",
            description = "API servers that must each acknowledge a freeze, separated by commas. Default: only the one"
                    + " that the client talks to. [WATERLINE_API_SERVER_ENDPOINTS]")
    @Nullable List<URI> apiServerEndpoints();

    @Option(
            order = 16,
            names = "--kubeconfig",
            paramLabel = "<file>",
            description = "How to reach the API server. Default: KUBECONFIG, the service account, or ~/.kube/config."
                    + " [WATERLINE_KUBECONFIG]")
    @Nullable Path kubeconfig();

    @Option(
            order = 17,
            names = "--log-format",
            defaultValue = "text",
            paramLabel = "<format>",
            description =
                    "How a log line looks: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}. [WATERLINE_LOG_FORMAT]")
    LogFormat logFormat();

    @Option(
            order = 18,
            names = "--log-level",
            defaultValue = "info",
            paramLabel = "<level>",
            description =
                    "The least severe level to log: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}. [WATERLINE_LOG_LEVEL]")
    LogLevel logLevel();

    @Option(
            order = 19,
            names = "--shutdown-deadline",
            defaultValue = "20s",
            paramLabel = "<duration>",
            description = "How long a graceful stop may take altogether; less than the pod's termination grace period."
                    + " Default: ${DEFAULT-VALUE}. [WATERLINE_SHUTDOWN_DEADLINE]")
    Duration shutdownDeadline();

    @Option(
            order = 20,
            names = "--max-evictions-per-minute",
            defaultValue = "30",
            paramLabel = "<number>",
            description =
                    "Most evictions in the whole cluster in any minute, all PriorityWaterlines together; 0 forbids"
                            + " them. Default: ${DEFAULT-VALUE}. [WATERLINE_MAX_EVICTIONS_PER_MINUTE]")
    int maxEvictionsPerMinute();
}
