package dev.waterline.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.decision.reading.Reading.Cause;
import dev.waterline.fixture.ScriptedServer;
import dev.waterline.prometheus.RangeResult.History;
import dev.waterline.prometheus.RangeResult.Sample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class PrometheusClientTest {
    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final String ONE = """
            {"status":"success","data":{"resultType":"vector","result":[
              {"metric":{"node":"a"},"value":[1700000000.5,"0.82"]}]}}""";

    @Test
    void oneSeriesIsAVectorWithItsLabelsItsValueAndItsTime() {
        try (var server = ScriptedServer.answering(200, ONE)) {
            assertThat(ask(server))
                    .isEqualTo(new QueryResult.Vector(
                            List.of(new Series(Map.of("node", "a"), 0.82)), Instant.ofEpochMilli(1_700_000_000_500L)));
        }
    }

    @Test
    void theQueryGoesOutAsAFormWithTimeoutAndLookback() {
        try (var server = ScriptedServer.answering(200, ONE);
                var client = client(server)) {
            client.query(new InstantQuery(
                    server.address(), "sum(a{b=\"c\"}) + 1", Optional.of(Duration.ofSeconds(90)), DEADLINE));

            assertThat(server.received("POST /api/v1/query"))
                    .containsExactly("query=sum%28a%7Bb%3D%22c%22%7D%29+%2B+1&timeout=3000ms&lookback_delta=90000ms");
        }
    }

    @Test
    void aPathInTheServerAddressIsKept() {
        try (var server = ScriptedServer.answering(200, ONE);
                var client = client(server)) {
            client.query(query(URI.create(server.address() + "/tenants/a/"), DEADLINE));

            assertThat(server.received("POST /tenants/a/api/v1/query")).containsExactly("query=up&timeout=3000ms");
        }
    }

    @Test
    void anEmptyVectorIsAnAnswerAndNotAZero() {
        try (var server = ScriptedServer.answering(200, vector(""))) {
            assertThat(ask(server)).isEqualTo(new QueryResult.Vector(List.of(), Instant.EPOCH));
        }
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN", "+Inf, Infinity", "-Inf, -Infinity", "-0, -0.0", "1e300, 1e300"})
    void numbersAreHandedOnAsTheServerGaveThem(String text, double expected) {
        try (var server = ScriptedServer.answering(200, vector("{\"metric\":{},\"value\":[1,\"" + text + "\"]}"))) {
            var result = ask(server);

            assertThat(result)
                    .isInstanceOfSatisfying(
                            QueryResult.Vector.class,
                            vector -> assertThat(vector.series())
                                    .extracting(Series::value)
                                    .containsExactly(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>sign in</html>",
                "[]",
                "{}",
                "null",
                "{\"status\":\"success\"}",
                "{\"status\":\"success\",\"data\":null}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\"}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":null}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[1,2]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{}}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[]}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1]}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,null]}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"many\"]}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"5\"]}}",
                "{\"status\":\"success\",\"data\":{\"result\":[1,\"5\"],\"resultType\":\"scalar\"}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"string\",\"result\":[1,\"a\"]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},\"values\":[[1,\"5\"]]}]}}"
            })
    void whatIsNoInstantVectorIsABadResponse(String body) {
        try (var server = ScriptedServer.answering(200, body)) {
            assertThat(ask(server)).satisfies(failedWith(Cause.BadResponse));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, bad_data, QueryError",
        "400, bad_data, QueryError",
        "422, execution, QueryError",
        "422, timeout, Timeout",
        "200, internal, HttpError",
        "200, SECRET, HttpError"
    })
    void anErrorInTheBodyIsNamedByItsKindAndNeverQuoted(int status, String errorType, Cause cause) {
        var body = "{\"status\":\"error\",\"errorType\":\"%s\",\"error\":\"SECRET in a body\"}".formatted(errorType);
        try (var server = ScriptedServer.answering(status, body)) {
            var result = ask(server);

            assertThat(result).satisfies(failedWith(cause));
            assertThat(result.toString()).doesNotContain("SECRET");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 302, 307, 400, 401, 403, 404, 429, 500, 502, 503})
    void anHttpErrorNamesItsStatusAndNothingOfItsBody(int status) {
        try (var server = new ScriptedServer(exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            var bytes = "SECRET".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length);
            if (status != 204) {
                exchange.getResponseBody().write(bytes);
            }
        })) {
            assertThat(ask(server))
                    .isEqualTo(
                            new QueryResult.Failed(Cause.HttpError, "the server answered with HTTP status " + status));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aVectorUnderAnErrorStatusIsNotBelieved() {
        try (var server = ScriptedServer.answering(400, ONE)) {
            assertThat(ask(server)).satisfies(failedWith(Cause.HttpError));
        }
    }

    @Test
    void warningsMakeAnAnswerPartial() {
        var body = ONE.replace("{\"status\"", "{\"warnings\":[\"SECRET store is down\"],\"status\"");
        try (var server = ScriptedServer.answering(200, body)) {
            var result = ask(server);

            assertThat(result).satisfies(failedWith(Cause.PartialResponse));
            assertThat(result.toString()).doesNotContain("SECRET");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"warnings\":[],\"status\"", "{\"infos\":[\"a hint\"],\"status\""})
    void hintsAndAnEmptyListOfWarningsDoNot(String start) {
        try (var server = ScriptedServer.answering(200, ONE.replace("{\"status\"", start))) {
            assertThat(ask(server)).isInstanceOf(QueryResult.Vector.class);
        }
    }

    @Test
    void tenMegabytesAreNotRead() {
        try (var server = new ScriptedServer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var chunk = " ".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 160; i++) {
                exchange.getResponseBody().write(chunk);
            }
        })) {
            assertThat(ask(server)).satisfies(failedWith(Cause.BadResponse));
        }
    }

    @Test
    void tenThousandSeriesAreReadAndOneMoreIsTooMany() {
        try (var server = ScriptedServer.answering(200, manySeries(10_000))) {
            assertThat(ask(server))
                    .isInstanceOfSatisfying(
                            QueryResult.Vector.class,
                            vector -> assertThat(vector.series()).hasSize(10_000));
        }
        try (var server = ScriptedServer.answering(200, manySeries(10_001))) {
            assertThat(ask(server)).satisfies(failedWith(Cause.BadResponse));
        }
    }

    @Test
    void aServerThatDripsDoesNotOutlastTheDeadline() {
        try (var server = new ScriptedServer(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    var pause = new CountDownLatch(1);
                    for (int i = 0; i < 100; i++) {
                        exchange.getResponseBody().write(' ');
                        exchange.getResponseBody().flush();
                        pause.await(100, TimeUnit.MILLISECONDS);
                    }
                });
                var client = client(server)) {
            var start = System.nanoTime();

            var result = client.query(query(server.address(), Duration.ofMillis(400)));

            assertThat(result).isEqualTo(new QueryResult.Failed(Cause.Timeout, "no complete answer within 400 ms"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void aServerThatAcceptsAndSaysNothingDoesNotOutlastTheDeadline() throws IOException {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var client = client(URI.create("http://127.0.0.1:" + silent.getLocalPort()))) {
            var address = URI.create("http://127.0.0.1:" + silent.getLocalPort());

            assertThat(client.query(query(address, Duration.ofMillis(300)))).satisfies(failedWith(Cause.Timeout));
        }
    }

    @Test
    void nobodyListeningIsUnreachable() throws IOException {
        URI address;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        try (var client = client(address)) {
            assertThat(client.query(query(address, DEADLINE)))
                    .isEqualTo(new QueryResult.Failed(Cause.Unreachable, "the connection could not be made or broke"));
        }
    }

    @Test
    void aBrokenConnectionIsUnreachable() {
        try (var server = new ScriptedServer(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            throw new IOException("cut");
        })) {
            assertThat(ask(server)).satisfies(failedWith(Cause.Unreachable));
        }
    }

    @Test
    void aServerThatIsNotAllowedIsNotAsked() {
        var observed = new AtomicInteger();
        try (var server = ScriptedServer.answering(200, ONE);
                var client = new PrometheusClient(
                        new ServerAllowList(List.of()), (_, _, _) -> observed.incrementAndGet(), System::nanoTime)) {
            assertThat(client.query(query(server.address(), DEADLINE))).satisfies(failedWith(Cause.ServerNotAllowed));
            assertThat(server.requests()).isEmpty();
            assertThat(observed).hasValue(0);
        }
    }

    @Test
    void theSameQueryUnderWayIsSentOnce() {
        var release = new CountDownLatch(1);
        try (var server = new ScriptedServer(exchange -> {
                    release.await(5, TimeUnit.SECONDS);
                    ScriptedServer.respond(exchange, 200, ONE);
                });
                var client = client(server);
                var askers = Executors.newVirtualThreadPerTaskExecutor()) {
            var asking = new Semaphore(0);
            var answers = IntStream.range(0, 20)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(
                            () -> {
                                asking.release();
                                return client.query(query(server.address(), DEADLINE));
                            },
                            askers))
                    .toList();
            asking.acquireUninterruptibly(20);
            await().until(() -> server.requests().size() == 1);
            release.countDown();

            assertThat(answers.stream().map(CompletableFuture::join)).allMatch(QueryResult.Vector.class::isInstance);
            assertThat(server.requests().size()).isLessThan(20);
            assertThat(client.query(query(server.address(), DEADLINE))).isInstanceOf(QueryResult.Vector.class);
        }
    }

    @Test
    void atMostTwoQueriesPerCpuAreUnderWayToOneServerAndWaitingCountsIntoTheDeadline() {
        int places = 2 * Runtime.getRuntime().availableProcessors();
        var release = new CountDownLatch(1);
        try (var server = new ScriptedServer(exchange -> {
                    release.await(20, TimeUnit.SECONDS);
                    ScriptedServer.respond(exchange, 200, ONE);
                });
                var client = client(server);
                var askers = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = IntStream.range(0, places)
                    .mapToObj(i -> URI.create(server.address() + "/tenant-" + i))
                    .map(tenant -> CompletableFuture.supplyAsync(
                            () -> client.query(query(tenant, Duration.ofSeconds(20))), askers))
                    .toList();
            await().until(() -> server.requests().size() == places);

            assertThat(client.query(query(server.address(), Duration.ofMillis(300))))
                    .satisfies(failedWith(Cause.Timeout));
            assertThat(server.requests()).hasSize(places);

            release.countDown();
            assertThat(slow.stream().map(CompletableFuture::join)).allMatch(QueryResult.Vector.class::isInstance);
        }
    }

    @Test
    void theObserverHearsOfEveryQueryThatWasSent() {
        var heard = new ArrayList<Optional<Cause>>();
        try (var server = ScriptedServer.answering(200, ONE);
                var client = new PrometheusClient(
                        new ServerAllowList(List.of(server.address())),
                        (_, failure, took) -> {
                            assertThat(took).isPositive();
                            heard.add(failure);
                        },
                        System::nanoTime)) {
            client.query(query(server.address(), DEADLINE));
            client.queryRange(range(server.address()));

            assertThat(heard).containsExactly(Optional.empty(), Optional.of(Cause.BadResponse));
        }
    }

    @Test
    void aRangeIsAMatrixOfSeriesOverTime() {
        var body = """
                {"status":"success","data":{"resultType":"matrix","result":[
                  {"metric":{"node":"a"},"values":[[1700000000,"0.5"],[1700000005.25,"NaN"]]},
                  {"metric":{"node":"b"},"values":[]}]}}""";
        try (var server = ScriptedServer.answering(200, body);
                var client = client(server)) {
            assertThat(client.queryRange(range(server.address())))
                    .isEqualTo(new RangeResult.Matrix(List.of(
                            new History(
                                    Map.of("node", "a"),
                                    List.of(
                                            new Sample(Instant.ofEpochSecond(1_700_000_000), 0.5),
                                            new Sample(Instant.ofEpochMilli(1_700_000_005_250L), Double.NaN))),
                            new History(Map.of("node", "b"), List.of()))));
            assertThat(server.received("POST /api/v1/query_range"))
                    .containsExactly("query=up&timeout=3000ms&lookback_delta=60000ms"
                            + "&start=1700000000.000&end=1700000160.007&step=5000ms");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\"}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{}}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},\"values\":[1]}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},\"values\":[[1]]}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"5\"]}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"5\"]}}"
            })
    void whatIsNoMatrixIsABadResponseToARangeQuery(String body) {
        try (var server = ScriptedServer.answering(200, body);
                var client = client(server)) {
            assertThat(client.queryRange(range(server.address())))
                    .isInstanceOfSatisfying(
                            QueryResult.Failed.class,
                            failed -> assertThat(failed.cause()).isEqualTo(Cause.BadResponse));
        }
    }

    @Test
    void aQuarterOfAMillionSamplesAreReadAndOneMoreIsTooMany() {
        try (var server = ScriptedServer.answering(200, samples(50, 5_000));
                var client = client(server)) {
            assertThat(client.queryRange(range(server.address())))
                    .isInstanceOfSatisfying(
                            RangeResult.Matrix.class,
                            matrix -> assertThat(matrix.series()).hasSize(50));
        }
        try (var server = ScriptedServer.answering(200, samples(50, 5_001));
                var client = client(server)) {
            assertThat(client.queryRange(range(server.address())))
                    .isEqualTo(new QueryResult.Failed(
                            Cause.BadResponse,
                            "the query yields more than 250000 samples over the range; aggregate it"));
        }
    }

    private static String samples(int series, int each) {
        var values = IntStream.range(0, each).mapToObj(i -> "[1,\"1\"]").collect(Collectors.joining(","));
        var element = "{\"metric\":{},\"values\":[" + values + "]}";
        return vector(String.join(",", java.util.Collections.nCopies(series, element)))
                .replace("vector", "matrix");
    }

    private static RangeQuery range(URI server) {
        return new RangeQuery(
                server,
                "up",
                Instant.ofEpochSecond(1_700_000_000),
                Instant.ofEpochMilli(1_700_000_160_007L),
                Duration.ofSeconds(5),
                Optional.of(Duration.ofSeconds(60)),
                DEADLINE);
    }

    private static QueryResult ask(ScriptedServer server) {
        try (var client = client(server)) {
            return client.query(query(server.address(), DEADLINE));
        }
    }

    private static PrometheusClient client(ScriptedServer server) {
        return client(server.address());
    }

    private static PrometheusClient client(URI address) {
        return new PrometheusClient(new ServerAllowList(List.of(address)), (_, _, _) -> {}, System::nanoTime);
    }

    private static InstantQuery query(URI server, Duration deadline) {
        return new InstantQuery(server, "up", Optional.empty(), deadline);
    }

    private static String vector(String elements) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + elements + "]}}";
    }

    private static String manySeries(int count) {
        return vector(IntStream.range(0, count)
                .mapToObj(i -> "{\"metric\":{\"n\":\"" + i + "\"},\"value\":[1,\"1\"]}")
                .collect(Collectors.joining(",")));
    }

    private static Consumer<QueryResult> failedWith(Cause cause) {
        return result -> assertThat(result)
                .isInstanceOfSatisfying(
                        QueryResult.Failed.class,
                        failed -> assertThat(failed.cause()).isEqualTo(cause));
    }
}
