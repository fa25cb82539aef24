package dev.waterline.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.waterline.decision.reading.Reading.Cause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PrometheusClientTest {
    private static final String ONE = """
            {"status":"success","data":{"resultType":"vector","result":[
              {"metric":{"node":"n1"},"value":[1767225600.5,"22.5"]}]}}""";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger observed = new AtomicInteger();
    private HttpServer server;
    private URI address;
    private PrometheusClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        client = new PrometheusClient(
                new ServerAllowList(List.of(address)), (_, _, _) -> observed.incrementAndGet(), System::nanoTime);
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void aVectorComesBackWithLabelsValueAndTime() {
        answer(200, ONE);
        assertThat(query()).isInstanceOfSatisfying(QueryResult.Vector.class, vector -> {
            assertThat(vector.series()).singleElement().satisfies(series -> {
                assertThat(series.labels()).containsEntry("node", "n1");
                assertThat(series.value()).isEqualTo(22.5);
            });
            assertThat(vector.at()).isEqualTo(Instant.parse("2026-01-01T00:00:00.500Z"));
        });
        assertThat(observed).hasValue(1);
    }

    @Test
    void queryTimeoutAndLookbackGoIntoTheForm() {
        var form = new AtomicReference<>("");
        var path = new AtomicReference<>("");
        handle(exchange -> {
            form.set(URLDecoder.decode(new String(exchange.getRequestBody().readAllBytes(), UTF_8), UTF_8));
            path.set(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            send(exchange, 200, ONE);
        });
        client.query(new InstantQuery(
                address.resolve("/prefix/"),
                "sum(up{a=\"b\"}) + 1",
                Optional.of(Duration.ofSeconds(45)),
                Duration.ofSeconds(2)));
        assertThat(path).hasValue("POST /prefix/api/v1/query");
        assertThat(form).hasValue("query=sum(up{a=\"b\"}) + 1&timeout=2000ms&lookback_delta=45000ms");
    }

    @Test
    void anEmptyVectorIsAnAnswerWithoutSeries() {
        answer(200, """
                {"status":"success","data":{"resultType":"vector","result":[]}}""");
        assertThat(query()).isEqualTo(new QueryResult.Vector(List.of(), Instant.EPOCH));
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN", "+Inf, Infinity", "-Inf, -Infinity", "1e3, 1000", "-0.5, -0.5"})
    void everyNumberThatPrometheusWritesIsRead(String text, double value) {
        answer(200, ONE.replace("22.5", text));
        assertThat(query())
                .isInstanceOfSatisfying(
                        QueryResult.Vector.class,
                        vector -> assertThat(Double.compare(
                                        vector.series().getFirst().value(), value))
                                .isZero());
    }

    @Test
    void severalSeriesComeBackAsSeveral() {
        answer(200, vector(3));
        assertThat(query())
                .isInstanceOfSatisfying(
                        QueryResult.Vector.class,
                        vector -> assertThat(vector.series()).hasSize(3));
    }

    @Test
    void moreThanTenThousandSeriesAreTooMany() {
        answer(200, vector(10_001));
        assertFailed(Cause.BadResponse, "more than 10000 series");
    }

    @Test
    void tenThousandSeriesAreNotTooMany() {
        answer(200, vector(10_000));
        assertThat(query())
                .isInstanceOfSatisfying(
                        QueryResult.Vector.class,
                        vector -> assertThat(vector.series()).hasSize(10_000));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 301, 401, 403, 404, 429, 500, 502})
    void anyOtherHttpStatusIsAFailureThatNamesIt(int status) {
        answer(status, "secret");
        assertFailed(Cause.HttpError, Integer.toString(status));
    }

    @ParameterizedTest
    @CsvSource({
        "200, bad_data, QueryError, bad_data",
        "400, bad_data, QueryError, bad_data",
        "422, execution, HttpError, execution",
        "200, timeout, HttpError, timeout",
        "200, secret, HttpError, unknown",
    })
    void aStatusOfErrorIsAFailureWhateverTheHttpStatus(int status, String errorType, Cause cause, String detail) {
        answer(status, """
                {"status":"error","errorType":"%s","error":"secret at char 5"}""".formatted(errorType));
        assertFailed(cause, detail);
    }

    @Test
    void warningsMakeAnAnswerPartial() {
        answer(200, ONE.replace("\"status\"", "\"warnings\":[\"secret store is down\"],\"status\""));
        assertFailed(Cause.PartialResponse, "warnings");
    }

    @Test
    void emptyWarningsAndInfosDoNot() {
        answer(200, ONE.replace("\"status\"", "\"warnings\":[],\"infos\":[\"look\"],\"status\""));
        assertThat(query()).isInstanceOf(QueryResult.Vector.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resultType\":\"scalar\",\"result\":[1767225600,\"1\"]}",
                "{\"result\":[1767225600,\"1\"],\"resultType\":\"scalar\"}",
                "{\"resultType\":\"string\",\"result\":[1767225600,\"secret\"]}",
                "{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},\"values\":[[1767225600,\"1\"]]}]}",
            })
    void anyTypeButAVectorIsAFailure(String data) {
        answer(200, "{\"status\":\"success\",\"data\":" + data + "}");
        assertFailed(Cause.BadResponse, "instant vector");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "[]",
                "null",
                "{}",
                "<html>secret</html>",
                "{\"status\":\"success\"}",
                "{\"status\":\"success\",\"data\":null}",
                "{\"status\":\"success\",\"data\":{}}",
                "{\"status\":7}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\"}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{}}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[7]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"x\"]}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,2]}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[]}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"histogram\":[1,{}]}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"2\"]}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}",
                "{\"status\":\"success\",\"warnings\":[",
            })
    void anythingElseIsABadResponse(String body) {
        answer(200, body);
        assertFailed(Cause.BadResponse, "Prometheus API documents");
    }

    @Test
    void nestingWithoutEndIsABadResponse() {
        answer(200, "{\"x\":" + "[".repeat(100_000));
        assertFailed(Cause.BadResponse, "Prometheus API documents");
    }

    @Test
    void moreThanAMebibyteIsNotRead() {
        answer(200, ONE + " ".repeat(1024 * 1024));
        assertFailed(Cause.BadResponse, "1 MiB");
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.createContext("/elsewhere", exchange -> {
            asked.addAndGet(100);
            send(exchange, 200, ONE);
        });
        handle(exchange -> {
            exchange.getResponseHeaders().set("Location", address + "/elsewhere");
            send(exchange, 307, "");
        });
        assertFailed(Cause.HttpError, "307");
        assertThat(asked).hasValue(1);
    }

    @Test
    void aServerThatDripsDoesNotOutlastTheDeadline() {
        var over = new CountDownLatch(1);
        handle(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                do {
                    body.write(' ');
                    body.flush();
                } while (!await(over, 20));
            }
        });
        long start = System.nanoTime();
        assertThat(query(Duration.ofMillis(300))).isInstanceOfSatisfying(QueryResult.Failed.class, failed -> {
            assertThat(failed.cause()).isEqualTo(Cause.Timeout);
            assertThat(failed.detail()).contains("300 ms");
        });
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        over.countDown();
    }

    @Test
    void serversThatHangGiveTheirPlacesBack() {
        var over = new CountDownLatch(1);
        handle(exchange -> {
            await(over, 10_000);
            send(exchange, 200, ONE);
        });
        int more = 4 * Runtime.getRuntime().availableProcessors();
        var answers = IntStream.range(0, more)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> client.query(
                                new InstantQuery(address, "up + " + i, Optional.empty(), Duration.ofMillis(300))),
                        threads))
                .toList();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.get(10, TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(
                                QueryResult.Failed.class,
                                failed -> assertThat(failed.cause()).isEqualTo(Cause.Timeout)));
        over.countDown();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(query()).isInstanceOf(QueryResult.Vector.class));
    }

    @Test
    void atMostTwoQueriesForEachCpuAreUnderWayToOneServer() {
        var most = new AtomicInteger();
        var now = new AtomicInteger();
        handle(exchange -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            await(new CountDownLatch(1), 30);
            now.decrementAndGet();
            send(exchange, 200, ONE);
        });
        int places = 2 * Runtime.getRuntime().availableProcessors();
        var answers = IntStream.range(0, 4 * places)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> client.query(
                                new InstantQuery(address, "up + " + i, Optional.empty(), Duration.ofSeconds(10))),
                        threads))
                .toList();
        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.get(10, TimeUnit.SECONDS)).isInstanceOf(QueryResult.Vector.class));
        assertThat(most.get()).isBetween(1, places);
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() {
        server.stop(0);
        assertFailed(Cause.Unreachable, "connection");
    }

    @Test
    void aConnectionThatBreaksIsUnreachable() {
        handle(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            throw new IOException("broken off on purpose");
        });
        assertFailed(Cause.Unreachable, "connection");
    }

    @Test
    void aServerThatMayNotBeAskedIsNot() {
        answer(200, ONE);
        var other = URI.create("http://localhost:" + server.getAddress().getPort());
        assertThat(client.query(new InstantQuery(other, "up", Optional.empty(), Duration.ofSeconds(3))))
                .isInstanceOfSatisfying(
                        QueryResult.Failed.class,
                        failed -> assertThat(failed.cause()).isEqualTo(Cause.ServerNotAllowed));
        assertThat(asked).hasValue(0);
        assertThat(observed).hasValue(0);
    }

    @Test
    void theSameQueryAtTheSameTimeIsSentOnce() throws Exception {
        var arrived = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        handle(exchange -> {
            arrived.countDown();
            await(go, 10_000);
            send(exchange, 200, ONE);
        });
        var first = CompletableFuture.supplyAsync(this::query, threads);
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
        var waiting = new CountDownLatch(5);
        var others = IntStream.range(0, 5)
                .mapToObj(_ -> CompletableFuture.supplyAsync(
                        () -> {
                            waiting.countDown();
                            return query();
                        },
                        threads))
                .toList();
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
        // Whoever has not joined by now would have asked the server, which counts.
        await(new CountDownLatch(1), 200);
        go.countDown();
        for (var other : others) {
            assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo(first.get(10, TimeUnit.SECONDS));
        }
        assertThat(asked).hasValue(1);
        assertThat(query()).isInstanceOf(QueryResult.Vector.class);
        assertThat(asked).hasValue(2);
    }

    private void assertFailed(Cause cause, String detail) {
        assertThat(query()).isInstanceOfSatisfying(QueryResult.Failed.class, failed -> {
            assertThat(failed.cause()).isEqualTo(cause);
            assertThat(failed.detail()).contains(detail).doesNotContain("secret");
        });
    }

    private QueryResult query() {
        return query(Duration.ofSeconds(5));
    }

    private QueryResult query(Duration deadline) {
        return client.query(new InstantQuery(address, "up", Optional.empty(), deadline));
    }

    private void answer(int status, String body) {
        handle(exchange -> send(exchange, status, body));
    }

    private void handle(HttpHandler handler) {
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 || status == 204 ? -1 : bytes.length);
        if (bytes.length > 0 && status != 204) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static boolean await(CountDownLatch latch, long millis) {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static String vector(int series) {
        return IntStream.range(0, series)
                .mapToObj("{\"metric\":{\"n\":\"%d\"},\"value\":[1767225600,\"1\"]}"::formatted)
                .collect(Collectors.joining(
                        ",", "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[", "]}}"));
    }
}
