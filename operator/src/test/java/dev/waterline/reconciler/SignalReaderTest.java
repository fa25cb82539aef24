package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.waterline.api.v1alpha1.SignalResource;
import dev.waterline.arbiter.NodeMarks.Mark;
import dev.waterline.cluster.MetricsApi;
import dev.waterline.cluster.NodeNames;
import dev.waterline.cluster.NodeResources;
import dev.waterline.cluster.NodeSummary;
import dev.waterline.decision.pressure.Ladder;
import dev.waterline.decision.pressure.Outage;
import dev.waterline.decision.pressure.PoolLimits;
import dev.waterline.decision.pressure.PressurePolicy;
import dev.waterline.decision.pressure.Signal;
import dev.waterline.decision.pressure.SourceAnswer;
import dev.waterline.decision.pressure.Tier;
import dev.waterline.decision.pressure.Timing;
import dev.waterline.decision.reading.Reading.Cause;
import dev.waterline.fixture.FakeApiServer;
import dev.waterline.fixture.ScriptedServer;
import dev.waterline.prometheus.PrometheusClient;
import dev.waterline.prometheus.ServerAllowList;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignalReaderTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final List<NodeSummary> NODES =
            List.of(node("n1", "10.0.0.1"), node("n2", "10.0.0.2"), node("other", "10.0.0.3"));
    private static final List<NodeSummary> SELECTED = NODES.subList(0, 2);
    private static final Signal CPU = new Signal("cpu", Duration.ZERO, 1.5);

    private final FakeApiServer apiServer = new FakeApiServer();
    private HttpServer server;
    private PrometheusClient prometheus;
    private volatile String result = "[]";
    private volatile String past = "[]";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/query", exchange -> {
            exchange.getRequestBody().readAllBytes();
            var body = ("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":" + result + "}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/api/v1/query_range", exchange -> {
            exchange.getRequestBody().readAllBytes();
            ScriptedServer.respond(
                    exchange,
                    200,
                    "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":" + past + "}}");
            exchange.close();
        });
        server.start();
        prometheus = new PrometheusClient(new ServerAllowList(List.of(address())), (_, _, _) -> {}, System::nanoTime);
    }

    @AfterEach
    void stop() {
        prometheus.close();
        server.stop(0);
        apiServer.close();
    }

    @Test
    void oneSeriesForEachNodeIsAnAnswerAndUnknownNodesAreIgnored() {
        result = "[" + series("n1", "0.5") + "," + series("n2", "-0.01") + "," + series("gone", "0.9") + ","
                + series("gone", "0.8") + "]";

        assertThat(read())
                .isEqualTo(
                        new SourceAnswer.Answered(Map.of("n1", 0.5, "n2", 0.0), Instant.parse("2026-07-01T12:00:00Z")));
    }

    @Test
    void seriesThatNameNoNodeAreCountedAndThoseOfNodesThatAreNotSelectedAreNot() {
        result = "[" + series("n1", "0.5") + "," + series("10.0.0.9:9100", "0.9") + "," + series("10.0.0.7:9100", "0.9")
                + "," + series("other", "0.9") + "]";

        assertThat(answer(Optional.of(address()), Specs.signal("cpu", null, "q"))
                        .unmatched())
                .isEqualTo(new UnmatchedSeries(2, Optional.of("10.0.0.7:9100")));
    }

    @Test
    void aSeriesMayNameItsNodeByAnAddressWithAPort() {
        result = "[" + series("10.0.0.1:9100", "0.5") + "," + series("10.0.0.2:9100", "0.6") + "]";

        assertThat(((SourceAnswer.Answered) read()).ratios()).isEqualTo(Map.of("n1", 0.5, "n2", 0.6));
    }

    @Test
    void twoLabelsThatMeanOneNodeAreSeveralSeries() {
        result = "[" + series("10.0.0.1:9100", "0.5") + "," + series("n1", "0.5") + "]";

        assertSilent(
                Cause.SeveralSeries, "several series for node n1, named 10.0.0.1:9100 and n1; aggregate by (node)");
    }

    @Test
    void aNodeWithoutASeriesIsAbsentAndNotZero() {
        result = "[" + series("n1", "0.5") + "]";

        assertThat(((SourceAnswer.Answered) read()).ratios()).isEqualTo(Map.of("n1", 0.5));
    }

    @Test
    void severalSeriesForOneNodeAreNoAnswer() {
        result = "[" + series("n1", "0.5") + "," + series("n1", "0.6") + "]";

        assertSilent(Cause.SeveralSeries, "signal cpu has several series for node n1; aggregate by (node)");
    }

    @Test
    void aSeriesWithoutTheLabelIsNoAnswer() {
        result = "[" + series("n1", "0.5") + ",{\"metric\":{\"instance\":\"x\"},\"value\":[1782907200,\"0.5\"]}]";

        assertSilent(Cause.BadResponse, "a series has no label node; aggregate by (node) or set nodeLabel");
    }

    @Test
    void nothingOrNothingAboutOurNodesIsNoAnswer() {
        assertSilent(Cause.EmptyResult, "none of 0 series names a selected node in label node");

        result = "[" + series("gone", "0.5") + "]";
        assertSilent(Cause.EmptyResult, "none of 1 series names a selected node in label node, for example gone");

        result = "[" + series("other", "0.5") + "]";
        assertSilent(Cause.EmptyResult, "none of 1 series names a selected node in label node");
    }

    @Test
    void percentagesAreNoAnswer() {
        result = "[" + series("n1", "0.9") + "," + series("n2", "55.3") + "]";

        assertSilent(Cause.OutOfRange, "must yield a ratio, not a percentage");
    }

    @Test
    void notANumberIsNoAnswer() {
        result = "[" + series("n1", "NaN") + "]";

        assertSilent(Cause.NotFinite, "signal cpu is NaN for node n1");
    }

    @Test
    void withoutAnyServerTheSignalSaysSo() {
        assertThat(read(Optional.empty(), Specs.signal("cpu", null, "q")))
                .isInstanceOfSatisfying(SourceAnswer.Silent.class, silent -> {
                    assertThat(silent.reason().cause()).isEqualTo(Cause.NoServer);
                    assertThat(silent.reason().detail()).contains("signal cpu", "serverAddress", "--prometheus-url");
                });
    }

    @Test
    void theSignalsOwnServerIsAskedBeforeTheDefault() {
        result = "[" + series("n1", "0.5") + "]";

        assertThat(read(
                        Optional.of(URI.create("http://10.0.0.1")),
                        Specs.signal("cpu", address().toString(), "q")))
                .isInstanceOf(SourceAnswer.Answered.class);
    }

    @Test
    void aServerThatMayNotBeAskedIsNotAsked() {
        assertThat(read(Optional.empty(), Specs.signal("cpu", "http://10.0.0.1:9090", "q")))
                .isInstanceOfSatisfying(
                        SourceAnswer.Silent.class,
                        silent -> assertThat(silent.reason().cause()).isEqualTo(Cause.ServerNotAllowed));
    }

    @Test
    void anAddressThatIsNoUrlSilencesTheSignalAndNamesTheField() {
        assertThat(read(Optional.empty(), Specs.signal("cpu", "http://[x", "q")))
                .isInstanceOfSatisfying(SourceAnswer.Silent.class, silent -> {
                    assertThat(silent.reason().cause()).isEqualTo(Cause.ServerNotAllowed);
                    assertThat(silent.reason().detail()).contains("signal cpu", "serverAddress");
                });
    }

    @Test
    void aSignalWithoutAQueryIsUsageOverCapacityFromTheMetricsApi() {
        usage(usage("n1", "2800m", "2Gi", NOW.minusSeconds(60)), usage("n2", "1", "4000000000", NOW));

        assertThat(read(Optional.empty(), Specs.withoutQuery("cpu", null)))
                .isEqualTo(new SourceAnswer.Answered(Map.of("n1", 0.7, "n2", 0.25), NOW));
        assertThat(((SourceAnswer.Answered) read(Optional.empty(), Specs.withoutQuery("ram", SignalResource.memory)))
                        .ratios())
                .containsEntry("n2", 0.5);
    }

    @Test
    void aFigureThatIsOlderThanMaxAgeOrFromTheFutureIsAbsent() {
        usage(usage("n1", "1", "1Gi", NOW), usage("n2", "1", "1Gi", NOW.minusSeconds(61)));
        assertThat(((SourceAnswer.Answered) read(Optional.empty(), Specs.withoutQuery("cpu", null))).ratios())
                .containsOnlyKeys("n1");

        usage(usage("n1", "1", "1Gi", NOW), usage("n2", "1", "1Gi", NOW.plusSeconds(61)));
        assertThat(((SourceAnswer.Answered) read(Optional.empty(), Specs.withoutQuery("cpu", null))).ratios())
                .containsOnlyKeys("n1");
    }

    @Test
    void ifNoFigureIsFreshTheSourceIsSilent() {
        usage(usage("n1", "1", "1Gi", NOW.minusSeconds(61)), usage("other", "1", "1Gi", NOW));

        assertThat(read(Optional.empty(), Specs.withoutQuery("cpu", null)))
                .isInstanceOfSatisfying(SourceAnswer.Silent.class, silent -> {
                    assertThat(silent.reason().cause()).isEqualTo(Cause.EmptyResult);
                    assertThat(silent.reason().detail()).contains("signal cpu", "not older than 60s");
                });
    }

    @Test
    void aClusterWithoutMetricsApiSaysWhatToInstall() {
        assertThat(read(Optional.empty(), Specs.withoutQuery("cpu", null)))
                .isInstanceOfSatisfying(SourceAnswer.Silent.class, silent -> {
                    assertThat(silent.reason().cause()).isEqualTo(Cause.NoMetricsApi);
                    assertThat(silent.reason().detail())
                            .contains("signal cpu", "install metrics-server", "prometheus.query");
                });
    }

    private void usage(String... nodes) {
        apiServer.put(
                "/apis/metrics.k8s.io/v1beta1/nodes",
                "{\"kind\":\"NodeMetricsList\",\"apiVersion\":\"metrics.k8s.io/v1beta1\",\"metadata\":{},\"items\":["
                        + String.join(",", nodes) + "]}");
    }

    private static String usage(String node, String cpu, String memory, Instant at) {
        return "{\"metadata\":{\"name\":\"%s\"},\"timestamp\":\"%s\",\"window\":\"15s\",\"usage\":{\"cpu\":\"%s\",\"memory\":\"%s\"}}"
                .formatted(node, at, cpu, memory);
    }

    @Test
    void theFirstLookBringsThePassesBeforeTheAnswerInTheirOrder() {
        result = "[" + series("n1", "0.5") + "]";
        past = "[" + past("n1", "[1782907190,\"0.7\"],[1782907195,\"0.6\"],[1782907196,\"0.5\"]") + ","
                + past("10.0.0.2:9100", "[1782907195,\"0.2\"]") + "," + past("gone", "[1782907195,\"9\"]") + "]";

        assertThat(firstLook(Specs.signal("cpu", null, "q")).history())
                .isEqualTo(Map.of(
                        "cpu",
                        List.of(
                                new SourceAnswer.Answered(Map.of("n1", 0.7), NOW.minusSeconds(10)),
                                new SourceAnswer.Answered(Map.of("n1", 0.6, "n2", 0.2), NOW.minusSeconds(5)))));
    }

    @Test
    void aPassOfThePastInWhichAValueIsNotCredibleIsLeftOutForAllNodes() {
        past = "[" + past("n1", "[1782907190,\"0.7\"],[1782907195,\"0.6\"]") + ","
                + past("n2", "[1782907190,\"NaN\"],[1782907195,\"0.2\"]") + "]";

        assertThat(firstLook(Specs.signal("cpu", null, "q")).history().get("cpu"))
                .containsExactly(new SourceAnswer.Answered(Map.of("n1", 0.6, "n2", 0.2), NOW.minusSeconds(5)));
    }

    @Test
    void aPastThatCannotBeHadIsNoPastAndTheAnswerCountsAllTheSame() {
        result = "[" + series("n1", "0.5") + "]";
        for (var refused : List.of("{}", "[" + past("n1", "[1,\"0.7\"]") + "," + past("n1", "[1,\"0.7\"]") + "]")) {
            past = refused;

            var look = firstLook(Specs.signal("cpu", null, "q"));

            assertThat(look.history()).isEqualTo(Map.of("cpu", List.of()));
            assertThat(Objects.requireNonNull(look.answers().get("cpu")).answer())
                    .isInstanceOf(SourceAnswer.Answered.class);
        }
    }

    @Test
    void theMetricsApiHasNoPast() {
        usage(usage("n1", "1", "1Gi", NOW));

        assertThat(firstLook(Specs.withoutQuery("cpu", null)).history()).isEqualTo(Map.of("cpu", List.of()));
    }

    private FirstLook firstLook(dev.waterline.api.v1alpha1.Signal signal) {
        return reader(Optional.of(address())).firstLook(question(signal), NOW);
    }

    private static String past(String node, String samples) {
        return "{\"metric\":{\"node\":\"%s\"},\"values\":[%s]}".formatted(node, samples);
    }

    private void assertSilent(Cause cause, String detail) {
        assertThat(read()).isInstanceOfSatisfying(SourceAnswer.Silent.class, silent -> {
            assertThat(silent.reason().cause()).isEqualTo(cause);
            assertThat(silent.reason().detail()).contains(detail);
        });
    }

    private SourceAnswer read() {
        return read(Optional.of(address()), Specs.signal("cpu", null, "q"));
    }

    private SourceAnswer read(Optional<URI> defaultServer, dev.waterline.api.v1alpha1.Signal signal) {
        return answer(defaultServer, signal).answer();
    }

    private SignalAnswer answer(Optional<URI> defaultServer, dev.waterline.api.v1alpha1.Signal signal) {
        return Objects.requireNonNull(
                reader(defaultServer).read(question(signal)).get(signal.name()));
    }

    private SignalReader reader(Optional<URI> defaultServer) {
        var deadline = Duration.ofSeconds(10);
        var metricsApi = new MetricsApi(apiServer.client(), deadline, Runnable::run, (_, _) -> {}, System::nanoTime);
        return new SignalReader(prometheus, defaultServer, metricsApi, deadline, Runnable::run, () -> NOW);
    }

    private static SignalReader.Question question(dev.waterline.api.v1alpha1.Signal signal) {
        var timing = new Timing(
                Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(5), 0.95, Duration.ofSeconds(15));
        var policy = new PressurePolicy(
                List.of(CPU),
                new Ladder(List.of(new Tier("low", 0, List.of()))),
                timing,
                new Outage(Duration.ofMinutes(5), true),
                PoolLimits.DEFAULT,
                false);
        return new SignalReader.Question(
                List.of(signal), policy, Duration.ofSeconds(5), SELECTED, NodeNames.of(NODES), Set.of("n1", "n2"));
    }

    private static NodeSummary node(String name, String address) {
        return new NodeSummary(
                name,
                "uid-" + name,
                "7",
                Map.of(),
                Mark.NONE,
                List.of(address),
                new NodeResources(4, 8e9),
                NodeResources.UNKNOWN,
                NodeSummary.Overrides.NONE,
                List.of());
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static String series(String node, String value) {
        return "{\"metric\":{\"node\":\"%s\"},\"value\":[1782907200,\"%s\"]}".formatted(node, value);
    }
}
