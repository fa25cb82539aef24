package dev.waterline.prometheus;

import dev.waterline.decision.reading.Reading.Cause;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Queries Prometheus servers. The same instant query to the same server at the same time is sent once, and all who asked get
 * the one answer.
 */
public final class PrometheusClient implements AutoCloseable {
    /** Of one range query; an answer with more is refused. */
    public static final int MAX_SAMPLES = 250_000;

    private static final int MAX_VECTOR = 1024 * 1024;

    /** A sample takes about 30 bytes; the rest is for labels. */
    private static final int MAX_MATRIX = 16 * 1024 * 1024;

    private final QueryObserver observer;
    private final LongSupplier nanoTime;
    private final Exchange exchange;
    private final ConcurrentHashMap<InstantQuery, CompletableFuture<QueryResult>> underWay = new ConcurrentHashMap<>();

    public PrometheusClient(ServerAllowList allowed, QueryObserver observer, LongSupplier nanoTime) {
        this.observer = observer;
        this.nanoTime = nanoTime;
        this.exchange = new Exchange(allowed);
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
            var question =
                    new Exchange.Question(query.server(), "/api/v1/query", form(query), query.deadline(), MAX_VECTOR);
            QueryResult result = exchange.ask(question, VectorParser::parse, failed -> failed);
            observe(
                    query.server(),
                    result instanceof QueryResult.Failed failed ? Optional.of(failed.cause()) : Optional.empty(),
                    start);
            mine.complete(result);
            return result;
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(query, mine);
        }
    }

    /** As {@link #query}, for a stretch of the past. */
    public RangeResult queryRange(RangeQuery query) {
        long start = nanoTime.getAsLong();
        var question =
                new Exchange.Question(query.server(), "/api/v1/query_range", form(query), query.deadline(), MAX_MATRIX);
        RangeResult result = exchange.ask(question, MatrixParser::parse, failed -> failed);
        observe(
                query.server(),
                result instanceof QueryResult.Failed failed ? Optional.of(failed.cause()) : Optional.empty(),
                start);
        return result;
    }

    @Override
    public void close() {
        exchange.close();
    }

    private void observe(URI server, Optional<Cause> failure, long start) {
        boolean sent = !failure.equals(Optional.of(Cause.ServerNotAllowed));
        if (sent) {
            observer.queried(server, failure, Duration.ofNanos(nanoTime.getAsLong() - start));
        }
    }

    private static String form(InstantQuery query) {
        return form(query.promql(), query.deadline(), query.lookback());
    }

    private static String form(RangeQuery query) {
        return form(query.promql(), query.deadline(), query.lookback())
                + "&start=" + seconds(query.start())
                + "&end=" + seconds(query.end())
                + "&step=" + query.step().toMillis() + "ms";
    }

    private static String form(String promql, Duration deadline, Optional<Duration> lookback) {
        return "query=" + URLEncoder.encode(promql, StandardCharsets.UTF_8)
                + "&timeout=" + deadline.toMillis() + "ms"
                + lookback.map(age -> "&lookback_delta=" + age.toMillis() + "ms")
                        .orElse("");
    }

    private static String seconds(Instant at) {
        return "%d.%03d".formatted(at.getEpochSecond(), at.getNano() / 1_000_000);
    }
}
