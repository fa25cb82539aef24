package dev.waterline.cluster;

import dev.waterline.cluster.NodeUsage.Measured;
import dev.waterline.decision.reading.Reading.Cause;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.NodeMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Reads the usage of all nodes from {@code metrics.k8s.io/v1beta1}, which metrics-server serves.
 *
 * <p>One list answers everybody who asks within a second: metrics-server itself measures every 15 s, and several waterlines
 * with the same interval ask at about the same time.
 */
public final class MetricsApi {
    private static final Duration SHARED_FOR = Duration.ofSeconds(1);
    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;

    private record Look(CompletableFuture<NodeUsage> answer, long began) {}

    private final KubernetesClient client;
    private final Duration deadline;
    private final Executor executor;
    private final BiConsumer<NodeUsage, Duration> observer;
    private final LongSupplier nanoTime;
    private Optional<Look> latest = Optional.empty();

    /**
     * @param deadline of a look, whoever waits for it
     * @param executor on which the looks run
     * @param observer is told of every look, and how long it took
     */
    public MetricsApi(
            KubernetesClient client,
            Duration deadline,
            Executor executor,
            BiConsumer<NodeUsage, Duration> observer,
            LongSupplier nanoTime) {
        this.client = client;
        this.deadline = deadline;
        this.executor = executor;
        this.observer = observer;
        this.nanoTime = nanoTime;
    }

    /** Asks, or shares the answer that somebody else has asked for. Never throws for anything that the cluster can do. */
    public NodeUsage nodes() {
        var answer = look();
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new NodeUsage.Unknown(
                    Cause.Timeout, "the Metrics API has not answered within " + deadline.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new NodeUsage.Unknown(Cause.Timeout, "the operator is stopping");
        } catch (ExecutionException e) {
            throw new CompletionException("The Metrics API was read in a way that is a defect", e.getCause());
        }
    }

    private synchronized CompletableFuture<NodeUsage> look() {
        long now = nanoTime.getAsLong();
        var shared = latest.filter(look -> now - look.began() < SHARED_FOR.toNanos());
        if (shared.isEmpty()) {
            var look = new Look(CompletableFuture.supplyAsync(this::observed, executor), now);
            latest = Optional.of(look);
            return look.answer();
        }
        return shared.get().answer();
    }

    private NodeUsage observed() {
        long start = nanoTime.getAsLong();
        var usage = list();
        observer.accept(usage, Duration.ofNanos(nanoTime.getAsLong() - start));
        return usage;
    }

    private NodeUsage list() {
        try {
            var nodes = new HashMap<String, Measured>();
            for (var metrics : client.top().nodes().metrics().getItems()) {
                measured(metrics)
                        .ifPresent(measured -> nodes.put(metrics.getMetadata().getName(), measured));
            }
            return new NodeUsage.Known(nodes);
        } catch (KubernetesClientException e) {
            return unknown(e.getCode());
        }
    }

    /** @param code the HTTP status; not positive: there was no answer */
    private static NodeUsage unknown(int code) {
        if (code <= 0) {
            return new NodeUsage.Unknown(Cause.Unreachable, "the API server could not be asked for metrics");
        }
        return switch (code) {
            case NOT_FOUND ->
                new NodeUsage.Unknown(
                        Cause.NoMetricsApi,
                        "the cluster does not serve metrics.k8s.io: install metrics-server, or give the signal a"
                                + " prometheus.query");
            case FORBIDDEN ->
                new NodeUsage.Unknown(
                        Cause.HttpError,
                        "the operator may not list nodes of metrics.k8s.io: its ClusterRole must allow it");
            default -> new NodeUsage.Unknown(Cause.HttpError, "the Metrics API answered with HTTP status " + code);
        };
    }

    private static Optional<Measured> measured(NodeMetrics metrics) {
        var timestamp = metrics.getTimestamp();
        return timestamp == null
                ? Optional.empty()
                : instant(timestamp).map(at -> new Measured(NodeResources.of(metrics.getUsage()), at));
    }

    private static Optional<Instant> instant(String timestamp) {
        try {
            return Optional.of(OffsetDateTime.parse(timestamp).toInstant());
        } catch (DateTimeException e) {
            // A figure of unknown age is no figure.
            return Optional.empty();
        }
    }
}
