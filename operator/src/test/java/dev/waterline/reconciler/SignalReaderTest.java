package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.waterline.decision.pressure.Signal;
import dev.waterline.decision.pressure.SourceAnswer;
import dev.waterline.decision.reading.Reading.Cause;
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
    private static final Set<String> NODES = Set.of("n1", "n2");
    private static final Signal CPU = new Signal("cpu", Duration.ZERO, 1.5);

    private HttpServer server;
    private PrometheusClient prometheus;
    private volatile String result = "[]";

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
        server.start();
        prometheus = new PrometheusClient(new ServerAllowList(List.of(address())), (_, _, _) -> {}, System::nanoTime);
    }

    @AfterEach
    void stop() {
        prometheus.close();
        server.stop(0);
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
        var reader = new SignalReader(prometheus, defaultServer, Duration.ofSeconds(10), Runnable::run);
        return Objects.requireNonNull(
                reader.read(List.of(signal), List.of(CPU), NODES).get("cpu"));
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static String series(String node, String value) {
        return "{\"metric\":{\"node\":\"%s\"},\"value\":[1782907200,\"%s\"]}".formatted(node, value);
    }
}
