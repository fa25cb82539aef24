package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.PriorityWaterlineSpec;
import dev.waterline.api.v1alpha1.Signal;
import dev.waterline.cluster.MetricsApi;
import dev.waterline.cluster.NodeNames;
import dev.waterline.cluster.NodeSummary;
import dev.waterline.decision.pressure.PressurePolicy;
import dev.waterline.decision.pressure.SourceAnswer;
import dev.waterline.prometheus.PrometheusClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** Asks the source of each signal once for all nodes, and turns what it says into an answer for the core. */
public final class SignalReader {
    /**
     * What is asked, and of which nodes.
     *
     * @param policy the same signals, in the same order
     * @param names of all nodes of the cluster
     * @param selected names of the nodes
     */
    record Question(
            List<Signal> signals,
            PressurePolicy policy,
            Duration interval,
            Collection<NodeSummary> nodes,
            NodeNames names,
            Set<String> selected) {
        static Question of(
                PriorityWaterlineSpec spec, PressurePolicy policy, Collection<NodeSummary> nodes, NodeNames names) {
            return new Question(
                    spec.signals(),
                    policy,
                    PolicyMapper.interval(spec),
                    nodes,
                    names,
                    nodes.stream().map(NodeSummary::name).collect(Collectors.toUnmodifiableSet()));
        }
    }

    private final PrometheusSignals prometheus;
    private final MetricsApiSignals metricsApi;
    private final Executor executor;

    /**
     * @param defaultServer for signals that name none
     * @param metricsApi for signals without a query
     * @param deadline of each query
     * @param executor on which the queries wait, all at the same time
     */
    public SignalReader(
            PrometheusClient prometheus,
            Optional<URI> defaultServer,
            MetricsApi metricsApi,
            Duration deadline,
            Executor executor,
            InstantSource clock) {
        this.prometheus = new PrometheusSignals(prometheus, defaultServer, deadline);
        this.metricsApi = new MetricsApiSignals(metricsApi, clock);
        this.executor = executor;
    }

    /** Asks if it is time to, and gives the answers to the run: at first with what was said before this process began. */
    void refresh(WaterlineRun run, Question question, Instant now) {
        if (!run.isQueryDue(question.signals(), question.interval(), now)) {
            return;
        }
        if (run.isNew()) {
            run.began(question.signals(), question.policy(), question.selected(), firstLook(question, now), now);
        } else {
            run.answered(question.signals(), read(question), now);
        }
    }

    /** What all signals say now, by name. */
    Map<String, SignalAnswer> read(Question question) {
        return join(underWay(question, this::answer));
    }

    /** The past is asked for at the same time, so it delays a first decision by no more than its own deadline. */
    FirstLook firstLook(Question question, Instant now) {
        var present = underWay(question, this::answer);
        var past = underWay(question, (signal, valid, asked) -> history(signal, valid, asked, now));
        return FirstLook.of(join(present), join(past), question.interval());
    }

    @FunctionalInterface
    private interface Asking<T> {
        T ask(Signal signal, dev.waterline.decision.pressure.Signal valid, Question question);
    }

    private <T> Map<String, CompletableFuture<T>> underWay(Question question, Asking<T> asking) {
        var underWay = new HashMap<String, CompletableFuture<T>>();
        for (int i = 0; i < question.signals().size(); i++) {
            var signal = question.signals().get(i);
            var valid = question.policy().signals().get(i);
            underWay.put(
                    signal.name(), CompletableFuture.supplyAsync(() -> asking.ask(signal, valid, question), executor));
        }
        return underWay;
    }

    private static <T> Map<String, T> join(Map<String, CompletableFuture<T>> underWay) {
        var answers = new HashMap<String, T>();
        underWay.forEach((name, answer) -> answers.put(name, answer.join()));
        return answers;
    }

    private SignalAnswer answer(Signal signal, dev.waterline.decision.pressure.Signal valid, Question question) {
        var source = signal.prometheus();
        return source == null
                ? metricsApi.read(signal, valid, question.nodes())
                : prometheus.read(signal, source, valid, question.names(), question.selected());
    }

    /** The Metrics API knows no past. */
    private List<SourceAnswer.Answered> history(
            Signal signal, dev.waterline.decision.pressure.Signal valid, Question question, Instant now) {
        var source = signal.prometheus();
        if (source == null) {
            return List.of();
        }
        var range = HistoryRange.of(
                question.policy().timing(),
                valid,
                question.interval(),
                question.names().size(),
                now);
        return prometheus.history(signal, source, valid, range, question.names(), question.selected());
    }
}
