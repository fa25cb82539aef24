package dev.waterline.app;

import dev.waterline.leadership.Fence;
import dev.waterline.leadership.FenceInterceptor;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The clients of the process. The main one carries the fence and never retries by itself: every caller decides again
 * on what it then sees, and the fence is asked each time. The one for bookkeeping is not fenced, has short time-outs and
 * serves only what comes before leadership: the lease itself, the installation's claim, the certificates. One more is the
 * guard's own.
 */
public final class KubernetesClients implements AutoCloseable {
    private static final String USER_AGENT = "waterline";
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration REQUEST = Duration.ofSeconds(10);
    private static final Duration LONGEST_BOOKKEEPING_REQUEST = Duration.ofSeconds(3);
    private static final int MAX_CONCURRENT_REQUESTS = 256;

    /** One renewal is a read and a write, each tried twice: all four must fit between renewal and deadline. */
    private static final int REQUESTS_PER_RENEWAL = 5;

    private final Config base;
    private final Fence fence;
    private final KubernetesClient main;
    private final KubernetesClient bookkeeping;
    private final KubernetesClient lookups;
    private final List<KubernetesClient> endpoints = new CopyOnWriteArrayList<>();

    KubernetesClients(Optional<Path> kubeconfig, Duration renewDeadline, Fence fence) {
        this.fence = fence;
        this.base = kubeconfig
                .map(file -> Config.fromKubeconfig(file.toFile()))
                .orElseGet(() -> Config.autoConfigure(null));
        this.main = fenced(base);
        this.lookups = fenced(base);
        Duration share = renewDeadline.dividedBy(REQUESTS_PER_RENEWAL);
        int timeout = (int)
                (share.compareTo(LONGEST_BOOKKEEPING_REQUEST) < 0 ? share : LONGEST_BOOKKEEPING_REQUEST).toMillis();
        this.bookkeeping = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(base)
                        .withUserAgent(USER_AGENT)
                        .withConnectionTimeout(timeout)
                        .withRequestTimeout(timeout)
                        .withRequestRetryBackoffLimit(1)
                        .build())
                .build();
    }

    /** For everything that a leader does, and for reads. */
    public KubernetesClient main() {
        return main;
    }

    /** For what comes before leadership only. */
    public KubernetesClient bookkeeping() {
        return bookkeeping;
    }

    /** For the guard's lookups only, which must not wait behind lists and writes on the main one's connections. */
    public KubernetesClient lookups() {
        return lookups;
    }

    /** A client like the main one that talks to one API server; closed with all others. */
    public KubernetesClient endpoint(URI apiServer) {
        KubernetesClient client = fenced(
                new ConfigBuilder(base).withMasterUrl(apiServer.toString()).build());
        endpoints.add(client);
        return client;
    }

    /** Where the main client sends its requests, for messages. */
    String address() {
        return base.getMasterUrl();
    }

    @Override
    public void close() {
        endpoints.forEach(KubernetesClient::close);
        lookups.close();
        main.close();
        bookkeeping.close();
    }

    private KubernetesClient fenced(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withUserAgent(USER_AGENT)
                        .withConnectionTimeout((int) CONNECT.toMillis())
                        .withRequestTimeout((int) REQUEST.toMillis())
                        .withRequestRetryBackoffLimit(0)
                        .withMaxConcurrentRequests(MAX_CONCURRENT_REQUESTS)
                        .build())
                .withHttpClientBuilderConsumer(
                        builder -> builder.addOrReplaceInterceptor(FenceInterceptor.NAME, new FenceInterceptor(fence)))
                .build();
    }
}
