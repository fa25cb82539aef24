package dev.waterline.app;

import dev.waterline.admission.WebhookEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns options into a configuration, and refuses what cannot work. */
final class ConfigurationReader {
    private static final double ELECTOR_JITTER = 1.2;
    private static final int MOST_EVICTIONS = 1_000;

    private final Options options;
    private final OwnNamespace ownNamespace;

    ConfigurationReader(Options options, OwnNamespace ownNamespace) {
        this.options = options;
        this.ownNamespace = ownNamespace;
    }

    /** @throws InvalidOptionException if a value cannot work */
    Configuration read() {
        return new Configuration(
                Optional.ofNullable(options.prometheusUrl()).map(url -> httpUrl("--prometheus-url", url)),
                orEmpty(options.allowedMetricServers()).stream()
                        .map(url -> httpUrl("--allowed-metric-servers", url))
                        .toList(),
                OptionRules.dnsLabel(
                        "--namespace", Objects.requireNonNullElseGet(options.namespace(), ownNamespace::find)),
                watchNamespaces(),
                options.bindAddress(),
                port("--http-port", options.httpPort()),
                port("--webhook-port", options.webhookPort()),
                webhookEndpoint(),
                leaderElection(),
                options.logFormat(),
                options.logLevel(),
                OptionRules.taintKey(options.taintKey()),
                evictionsPerMinute(),
                orEmpty(options.apiServerEndpoints()).stream()
                        .map(url -> httpUrl("--api-server-endpoints", url))
                        .toList(),
                OptionRules.kubeconfig(options.kubeconfig()),
                positive("--shutdown-deadline", options.shutdownDeadline()));
    }

    private Set<String> watchNamespaces() {
        List<String> names = orEmpty(options.watchNamespaces());
        names.forEach(name -> OptionRules.dnsLabel("--watch-namespaces", name));
        return Set.copyOf(names);
    }

    private WebhookEndpoint webhookEndpoint() {
        URI url = options.webhookUrl();
        if (url == null) {
            return service(Objects.requireNonNullElse(options.webhookService(), "waterline-webhook:443"));
        }
        if (options.webhookService() != null) {
            throw new InvalidOptionException("--webhook-url and --webhook-service exclude each other: give the Service"
                    + " inside a cluster, the URL where there is none.");
        }
        if (!"https".equals(url.getScheme())
                || url.getHost() == null
                || url.getRawQuery() != null
                || url.getRawFragment() != null
                || url.getRawUserInfo() != null
                || !List.of("", "/").contains(url.getRawPath())) {
            throw new InvalidOptionException("--webhook-url is '" + url
                    + "', but the API server only calls https://host[:port] without path or query; give for example"
                    + " https://127.0.0.1:9443.");
        }
        return new WebhookEndpoint.Url(URI.create("https://" + url.getRawAuthority()));
    }

    private static WebhookEndpoint service(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 2
                || !OptionRules.isDnsLabel(parts[0])
                || !parts[1].matches("\\d{1,5}")
                || Integer.parseInt(parts[1]) < 1
                || Integer.parseInt(parts[1]) > 65_535) {
            throw new InvalidOptionException("--webhook-service is '" + text
                    + "', which is not a Service's name and port; give for example waterline-webhook:443.");
        }
        return new WebhookEndpoint.Service(parts[0], Integer.parseInt(parts[1]));
    }

    private LeaderElection leaderElection() {
        Duration lease = positive("--lease-duration", options.leaseDuration());
        Duration renew = positive("--renew-deadline", options.renewDeadline());
        Duration retry = positive("--retry-period", options.retryPeriod());
        if (lease.toMillis() < 1000) {
            throw new InvalidOptionException("--lease-duration is " + lease.toMillis()
                    + "ms, but a Lease counts whole seconds; give at least 1s.");
        }
        if (lease.compareTo(renew) <= 0) {
            throw new InvalidOptionException("--lease-duration must be longer than --renew-deadline, or two replicas"
                    + " could write at once; 15s and 10s are the defaults.");
        }
        if (renew.toMillis() <= ELECTOR_JITTER * retry.toMillis()) {
            throw new InvalidOptionException("--renew-deadline must be longer than 1.2 times --retry-period, or one"
                    + " slow request would cost the lease; 10s and 2s are the defaults.");
        }
        return new LeaderElection(options.leaderElect(), lease, renew, retry);
    }

    private int evictionsPerMinute() {
        int evictions = options.maxEvictionsPerMinute();
        if (evictions < 0 || evictions > MOST_EVICTIONS) {
            throw new InvalidOptionException("--max-evictions-per-minute is " + evictions + "; give 0 to "
                    + MOST_EVICTIONS + ", where 0 forbids evictions.");
        }
        return evictions;
    }

    private static URI httpUrl(String option, URI url) {
        if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || url.getRawFragment() != null) {
            throw new InvalidOptionException(option + " has a value that is not a plain http or https URL without"
                    + " credentials and query; give for example http://prometheus.monitoring.svc:9090.");
        }
        return url;
    }

    private static int port(String option, int port) {
        if (port < 0 || port > 65_535) {
            throw new InvalidOptionException(
                    option + " is " + port + ", which is not a port; give 1 to 65535, or 0 for a free one.");
        }
        return port;
    }

    private static Duration positive(String option, Duration duration) {
        if (duration.isZero()) {
            throw new InvalidOptionException(option + " must be longer than zero; leave it out for the default.");
        }
        return duration;
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
