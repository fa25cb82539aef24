package dev.waterline.prometheus;

import dev.waterline.decision.reading.Reading.Cause;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Instant queries against Prometheus servers.
 *
 * <p>One deadline covers everything from waiting for a place to the last byte, so a server that answers byte by byte does not
 * outlast it. At most two queries per CPU are under way to one server. The same query to the same server at the same time is
 * sent once, and all who asked get the one answer.
 */
public final class PrometheusClient implements AutoCloseable {
    private static final int MAX_BODY = 1024 * 1024;
    private static final int PLACES = 2 * Runtime.getRuntime().availableProcessors();

    private final ServerAllowList allowed;
    private final QueryObserver observer;
    private final LongSupplier nanoTime;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;
    private final ConcurrentHashMap<String, Semaphore> places = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<InstantQuery, CompletableFuture<QueryResult>> underWay = new ConcurrentHashMap<>();

    public PrometheusClient(ServerAllowList allowed, QueryObserver observer, LongSupplier nanoTime) {
        this.allowed = allowed;
        this.observer = observer;
        this.nanoTime = nanoTime;
        this.http = HttpClient.newBuilder()
                .executor(executor)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** Asks, and waits for the answer. Never throws for anything that a server can do. */
    public QueryResult query(InstantQuery query) {
        var mine = new CompletableFuture<QueryResult>();
        var others = underWay.putIfAbsent(query, mine);
        if (others != null) {
            return others.join();
        }
        try {
            long start = nanoTime.getAsLong();
            var result = withinDeadline(query);
            boolean sent = !(result instanceof QueryResult.Failed failed && failed.cause() == Cause.ServerNotAllowed);
            if (sent) {
                observer.queried(query.server(), result, Duration.ofNanos(nanoTime.getAsLong() - start));
            }
            mine.complete(result);
            return result;
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(query, mine);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        executor.shutdownNow();
    }

    private QueryResult withinDeadline(InstantQuery query) {
        Future<QueryResult> answer = executor.submit(() -> ifAllowed(query));
        try {
            return answer.get(query.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new QueryResult.Failed(
                    Cause.Timeout,
                    "no complete answer within " + query.deadline().toMillis() + " ms");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new QueryResult.Failed(Cause.Timeout, "the operator is stopping");
        } catch (CancellationException e) {
            return new QueryResult.Failed(Cause.Timeout, "the operator is stopping");
        } catch (ExecutionException e) {
            throw new IllegalStateException("A query failed in a way that is a defect of the client", e.getCause());
        }
    }

    /** Whether the server may be asked takes a look into DNS, so that too counts into the deadline. */
    private QueryResult ifAllowed(InstantQuery query) throws InterruptedException {
        var refusal = allowed.refusal(query.server());
        return refusal.isPresent() ? new QueryResult.Failed(Cause.ServerNotAllowed, refusal.get()) : inItsPlace(query);
    }

    private QueryResult inItsPlace(InstantQuery query) throws InterruptedException {
        var place = places.computeIfAbsent(query.server().getAuthority(), _ -> new Semaphore(PLACES));
        place.acquire();
        try {
            return send(query);
        } catch (HttpTimeoutException e) {
            return new QueryResult.Failed(
                    Cause.Timeout,
                    "no complete answer within " + query.deadline().toMillis() + " ms");
        } catch (IOException e) {
            return new QueryResult.Failed(Cause.Unreachable, "the connection could not be made or broke");
        } finally {
            place.release();
        }
    }

    private QueryResult send(InstantQuery query) throws IOException, InterruptedException {
        var response = http.send(request(query), HttpResponse.BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            int status = response.statusCode();
            // 400 and 422 carry a documented error in their body, 503 a documented one for time-outs.
            boolean documented = status == 200 || status == 400 || status == 422;
            if (!documented) {
                return new QueryResult.Failed(Cause.HttpError, "the server answered with HTTP status " + status);
            }
            return read(body)
                    .map(bytes -> VectorParser.parse(status, bytes))
                    .orElseGet(() -> new QueryResult.Failed(
                            Cause.BadResponse, "the answer is larger than 1 MiB; aggregate the query"));
        }
    }

    private static Optional<byte[]> read(InputStream body) throws IOException {
        var bytes = body.readNBytes(MAX_BODY + 1);
        return bytes.length > MAX_BODY ? Optional.empty() : Optional.of(bytes);
    }

    private static HttpRequest request(InstantQuery query) {
        var form = new StringBuilder("query=")
                .append(encode(query.promql()))
                .append("&timeout=")
                .append(encode(query.deadline().toMillis() + "ms"));
        query.lookback().ifPresent(age -> form.append("&lookback_delta=").append(encode(age.toMillis() + "ms")));
        var base = query.server().toString();
        var root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return HttpRequest.newBuilder(URI.create(root + "/api/v1/query"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .timeout(query.deadline())
                .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
                .build();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
