package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.PrometheusSource;
import dev.waterline.api.v1alpha1.Signal;
import dev.waterline.cluster.NodeNames;
import dev.waterline.decision.pressure.SourceAnswer;
import dev.waterline.decision.reading.Reading;
import dev.waterline.prometheus.InstantQuery;
import dev.waterline.prometheus.PrometheusClient;
import dev.waterline.prometheus.QueryResult;
import dev.waterline.prometheus.RangeQuery;
import dev.waterline.prometheus.RangeResult;
import dev.waterline.prometheus.RangeResult.History;
import dev.waterline.prometheus.RangeResult.Sample;
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
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signals from Prometheus: one query for all nodes, and one more for the past when a process begins. */
final class PrometheusSignals {
    private static final Logger log = LoggerFactory.getLogger(PrometheusSignals.class);

    private final PrometheusClient prometheus;
    private final Optional<URI> defaultServer;
    private final Duration deadline;

    PrometheusSignals(PrometheusClient prometheus, Optional<URI> defaultServer, Duration deadline) {
        this.prometheus = prometheus;
        this.defaultServer = defaultServer;
        this.deadline = deadline;
    }

    /** @param selected names of the nodes that are asked about; a series of any other node is left out */
    SignalAnswer read(
            Signal signal,
            PrometheusSource source,
            dev.waterline.decision.pressure.Signal valid,
            NodeNames names,
            Set<String> selected) {
        Optional<URI> server;
        try {
            server = server(source);
        } catch (URISyntaxException e) {
            return SignalAnswer.silent(
                    Reading.Cause.ServerNotAllowed,
                    "signal %s: prometheus.serverAddress is not a URL: %s".formatted(signal.name(), e.getMessage()));
        }
        if (server.isEmpty()) {
            return SignalAnswer.silent(
                    Reading.Cause.NoServer,
                    "signal %s names no serverAddress and the operator was started without --prometheus-url"
                            .formatted(signal.name()));
        }
        var query = new InstantQuery(
                server.get(), source.query(), Optional.of(DurationText.parse(signal.maxAge())), deadline);
        return switch (prometheus.query(query)) {
            case QueryResult.Failed(Reading.Cause cause, String detail) ->
                SignalAnswer.silent(cause, "signal %s: %s".formatted(signal.name(), detail));
            case QueryResult.Vector(List<Series> series, Instant at) ->
                answer(signal, valid, series, at, new SeriesByNode<>(signal, names, selected));
        };
    }

    /**
     * What the signal has said before, as the passes over that range would have read it: oldest first, and without those in
     * which a value was not credible. Empty, with a line in the log, if the server does not give it.
     */
    List<SourceAnswer.Answered> history(
            Signal signal,
            PrometheusSource source,
            dev.waterline.decision.pressure.Signal valid,
            HistoryRange range,
            NodeNames names,
            Set<String> selected) {
        Optional<URI> server;
        try {
            server = server(source);
        } catch (URISyntaxException e) {
            // The reading of the same pass says so, in a condition.
            return List.of();
        }
        if (server.isEmpty()) {
            return List.of();
        }
        var query = new RangeQuery(
                server.get(),
                source.query(),
                range.start(),
                range.end(),
                range.step(),
                Optional.of(DurationText.parse(signal.maxAge())),
                deadline);
        return switch (prometheus.queryRange(query)) {
            case QueryResult.Failed(Reading.Cause _, String detail) -> without(signal, detail);
            case RangeResult.Matrix(List<History> series) ->
                passes(signal, valid, series, new SeriesByNode<>(signal, names, selected));
        };
    }

    private static List<SourceAnswer.Answered> passes(
            Signal signal,
            dev.waterline.decision.pressure.Signal valid,
            List<History> series,
            SeriesByNode<List<Sample>> byNode) {
        for (var one : series) {
            var refusal = byNode.add(one.labels(), one.samples());
            if (refusal.isPresent()) {
                return without(signal, refusal.get().detail());
            }
        }
        var ratios = new TreeMap<Instant, Map<String, Double>>();
        byNode.nodes()
                .forEach((node, samples) ->
                        samples.forEach(sample -> ratios.computeIfAbsent(sample.at(), _ -> new HashMap<>())
                                .put(node, sample.value())));
        return ratios.entrySet().stream()
                .map(pass -> SourceAnswer.checked(valid, pass.getValue(), pass.getKey()))
                .flatMap(answer ->
                        answer instanceof SourceAnswer.Answered answered ? Stream.of(answered) : Stream.empty())
                .toList();
    }

    private static List<SourceAnswer.Answered> without(Signal signal, String detail) {
        log.warn("Signal {} begins without a history: {}", signal.name(), detail);
        return List.of();
    }

    private Optional<URI> server(PrometheusSource source) throws URISyntaxException {
        return source.serverAddress() == null ? defaultServer : Optional.of(new URI(source.serverAddress()));
    }

    private static SignalAnswer answer(
            Signal signal,
            dev.waterline.decision.pressure.Signal valid,
            List<Series> series,
            Instant at,
            SeriesByNode<Double> byNode) {
        for (var one : series) {
            var refusal = byNode.add(one.labels(), one.value());
            if (refusal.isPresent()) {
                return new SignalAnswer(new SourceAnswer.Silent(refusal.get()), byNode.unmatched());
            }
        }
        var ratios = byNode.nodes();
        var answer = ratios.isEmpty() && byNode.isAsked()
                ? new SourceAnswer.Silent(
                        new Reading.Unavailable(Reading.Cause.EmptyResult, nobody(signal, series, byNode)))
                : SourceAnswer.checked(valid, ratios, at);
        return new SignalAnswer(answer, byNode.unmatched());
    }

    private static String nobody(Signal signal, List<Series> series, SeriesByNode<Double> byNode) {
        return "signal %s: none of %d series names a selected node in label %s%s"
                .formatted(
                        signal.name(),
                        series.size(),
                        signal.nodeLabel(),
                        byNode.unmatched()
                                .example()
                                .map(example -> ", for example " + example)
                                .orElse(""));
    }
}
