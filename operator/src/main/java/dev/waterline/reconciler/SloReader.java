package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.Slo;
import dev.waterline.decision.elastic.BudgetBurn;
import dev.waterline.decision.elastic.ElasticPolicy;
import dev.waterline.decision.elastic.EventCount;
import dev.waterline.decision.reading.Reading;
import dev.waterline.prometheus.InstantQuery;
import dev.waterline.prometheus.OneNumber;
import dev.waterline.prometheus.PrometheusClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** Asks how many events a service level objective has seen, in two windows, and judges the answers. */
public final class SloReader {
    private static final String PLACEHOLDER = "$window";
    private static final String FAST = "5m";
    private static final String SLOW = "1h";

    private final PrometheusClient prometheus;
    private final Optional<URI> defaultServer;
    private final Duration deadline;
    private final Executor executor;

    /**
     * @param defaultServer for objectives that name none
     * @param deadline of each query
     * @param executor on which the queries wait, all at the same time
     */
    public SloReader(PrometheusClient prometheus, Optional<URI> defaultServer, Duration deadline, Executor executor) {
        this.prometheus = prometheus;
        this.defaultServer = defaultServer;
        this.deadline = deadline;
        this.executor = executor;
    }

    /** Asks, without waiting for the answer. It comes within the deadline, whatever the server does. */
    CompletableFuture<BudgetBurn> read(Slo slo, ElasticPolicy policy) {
        Optional<URI> server;
        try {
            server = slo.serverAddress() == null ? defaultServer : Optional.of(new URI(slo.serverAddress()));
        } catch (URISyntaxException e) {
            return unknown(Reading.Cause.ServerNotAllowed, "elastic.slo.serverAddress is not a URL: " + e.getMessage());
        }
        if (server.isEmpty()) {
            return unknown(
                    Reading.Cause.NoServer,
                    "elastic.slo names no serverAddress and the operator was started without --prometheus-url");
        }
        var good = asked(server.get(), "good", slo.good(), FAST);
        var total = asked(server.get(), "total", slo.total(), FAST);
        var slowGood = asked(server.get(), "good", slo.good(), SLOW);
        var slowTotal = asked(server.get(), "total", slo.total(), SLOW);
        return CompletableFuture.allOf(good, total, slowGood, slowTotal)
                .thenApply(_ -> burn(policy, good.join(), total.join(), slowGood.join(), slowTotal.join()));
    }

    private CompletableFuture<Reading> asked(URI server, String field, String promql, String window) {
        var query = new InstantQuery(server, promql.replace(PLACEHOLDER, window), Optional.empty(), deadline);
        return CompletableFuture.supplyAsync(
                () -> switch (OneNumber.of(prometheus.query(query))) {
                    case Reading.Unavailable(Reading.Cause cause, String detail) ->
                        new Reading.Unavailable(cause, "elastic.slo.%s over %s: %s".formatted(field, window, detail));
                    case Reading other -> other;
                },
                executor);
    }

    private static BudgetBurn burn(
            ElasticPolicy policy, Reading good, Reading total, Reading slowGood, Reading slowTotal) {
        return Stream.of(good, total, slowGood, slowTotal)
                .flatMap(reading -> reading instanceof Reading.Unavailable reason ? Stream.of(reason) : Stream.empty())
                .findFirst()
                .<BudgetBurn>map(BudgetBurn.Unknown::new)
                .orElseGet(() -> BudgetBurn.of(
                        policy,
                        new EventCount(value(good), value(total)),
                        new EventCount(value(slowGood), value(slowTotal))));
    }

    private static double value(Reading reading) {
        return reading instanceof Reading.Fresh fresh ? fresh.value() : Double.NaN;
    }

    private static CompletableFuture<BudgetBurn> unknown(Reading.Cause cause, String detail) {
        return CompletableFuture.completedFuture(new BudgetBurn.Unknown(new Reading.Unavailable(cause, detail)));
    }
}
