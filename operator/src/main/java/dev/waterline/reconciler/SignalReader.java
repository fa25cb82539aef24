package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.Signal;
import dev.waterline.decision.pressure.SourceAnswer;
import dev.waterline.decision.reading.Reading;
import dev.waterline.prometheus.InstantQuery;
import dev.waterline.prometheus.PrometheusClient;
import dev.waterline.prometheus.QueryResult;
import dev.waterline.prometheus.Series;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Asks the source of each signal once for all nodes, and turns what it says into an answer for the core. */
public final class SignalReader {
    private final PrometheusClient prometheus;
    private final Optional<URI> defaultServer;
    private final Duration deadline;
    private final Executor executor;

    /**
     * @param defaultServer for signals that name none
     * @param deadline of each query
     * @param executor on which the queries wait, all at the same time
     */
    public SignalReader(
            PrometheusClient prometheus, Optional<URI> defaultServer, Duration deadline, Executor executor) {
        this.prometheus = prometheus;
        this.defaultServer = defaultServer;
        this.deadline = deadline;
        this.executor = executor;
    }

    /**
     * @param nodes names of the nodes that are asked about
     * @return by signal name
     */
    Map<String, SourceAnswer> read(
            List<Signal> signals, List<dev.waterline.decision.pressure.Signal> validity, Set<String> nodes) {
        var underWay = new HashMap<String, CompletableFuture<SourceAnswer>>();
        for (int i = 0; i < signals.size(); i++) {
            var signal = signals.get(i);
            var valid = validity.get(i);
            underWay.put(signal.name(), CompletableFuture.supplyAsync(() -> answer(signal, valid, nodes), executor));
        }
        var answers = new HashMap<String, SourceAnswer>();
        underWay.forEach((name, answer) -> answers.put(name, answer.join()));
        return answers;
    }

    private SourceAnswer answer(Signal signal, dev.waterline.decision.pressure.Signal valid, Set<String> nodes) {
        var address = signal.prometheus().serverAddress();
        Optional<URI> server;
        try {
            server = address == null ? defaultServer : Optional.of(new URI(address));
        } catch (URISyntaxException e) {
            return silent(
                    Reading.Cause.ServerNotAllowed,
                    "signal %s: prometheus.serverAddress is not a URL: %s".formatted(signal.name(), e.getMessage()));
        }
        if (server.isEmpty()) {
            return silent(
                    Reading.Cause.NoServer,
                    "signal %s names no serverAddress and the operator was started without --prometheus-url"
                            .formatted(signal.name()));
        }
        var query = new InstantQuery(
                server.get(), signal.prometheus().query(), Optional.of(DurationText.parse(signal.maxAge())), deadline);
        return switch (prometheus.query(query)) {
            case QueryResult.Failed(Reading.Cause cause, String detail) ->
                silent(cause, "signal %s: %s".formatted(signal.name(), detail));
            case QueryResult.Vector(List<Series> series, Instant at) -> byNode(signal, valid, series, at, nodes);
        };
    }

    private static SourceAnswer byNode(
            Signal signal,
            dev.waterline.decision.pressure.Signal valid,
            List<Series> series,
            Instant at,
            Set<String> nodes) {
        var ratios = new HashMap<String, Double>();
        for (var one : series) {
            var node = one.labels().get(signal.nodeLabel());
            if (node == null) {
                return silent(
                        Reading.Cause.BadResponse,
                        "signal %s: a series has no label %s; aggregate by (%s) or set nodeLabel"
                                .formatted(signal.name(), signal.nodeLabel(), signal.nodeLabel()));
            }
            if (nodes.contains(node) && ratios.putIfAbsent(node, one.value()) != null) {
                return silent(
                        Reading.Cause.SeveralSeries,
                        "signal %s has several series for node %s; aggregate by (%s)"
                                .formatted(signal.name(), node, signal.nodeLabel()));
            }
        }
        if (ratios.isEmpty() && !nodes.isEmpty()) {
            return silent(
                    Reading.Cause.EmptyResult,
                    "signal %s: none of %d series names a selected node in label %s"
                            .formatted(signal.name(), series.size(), signal.nodeLabel()));
        }
        return SourceAnswer.checked(valid, ratios, at);
    }

    private static SourceAnswer silent(Reading.Cause cause, String detail) {
        return new SourceAnswer.Silent(new Reading.Unavailable(cause, detail));
    }
}
