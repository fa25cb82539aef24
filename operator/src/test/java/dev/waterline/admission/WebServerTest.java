package dev.waterline.admission;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebServerTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final CountDownLatch slowBegun = new CountDownLatch(1);
    private final CountDownLatch slowMayEnd = new CountDownLatch(1);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final WebServer server = WebServer.plain(
            ANY_PORT,
            List.of(
                    Route.get(
                            "/thread",
                            call -> Answer.text(200, Thread.currentThread().isVirtual() ? "virtual" : "platform")),
                    Route.post("/size/", call -> Answer.text(200, call.path() + " " + call.body().length)),
                    Route.get("/fails", call -> {
                        throw new IllegalStateException("a secret");
                    }),
                    Route.get("/slow", this::slow)));

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        slowMayEnd.countDown();
        server.close();
        http.close();
    }

    @Test
    void requestsRunOnVirtualThreads() throws Exception {
        assertThat(get("/thread").body()).isEqualTo("virtual\n");
    }

    @Test
    void aPathThatEndsWithASlashServesWhatIsBelow() throws Exception {
        assertThat(post("/size/1000", new byte[WebServer.MAX_BODY_BYTES]).body())
                .isEqualTo("/size/1000 4194304\n");
    }

    @Test
    void aBodyAboveFourMebibytesIsRefusedWhetherItsLengthIsToldOrNot() throws Exception {
        byte[] tooLong = new byte[WebServer.MAX_BODY_BYTES + 1];

        // Else the client may still be sending when it is refused, and find a broken pipe instead of the answer.
        HttpRequest told = HttpRequest.newBuilder(uri("/size/"))
                .expectContinue(true)
                .POST(HttpRequest.BodyPublishers.ofByteArray(tooLong))
                .build();
        assertThat(http.send(told, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(413);
        HttpRequest chunked = HttpRequest.newBuilder(uri("/size/"))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(tooLong)))
                .build();
        assertThat(http.send(chunked, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(413);
    }

    @Test
    void headersAboveSixteenKibibytesAreRefused() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/thread"))
                .header("X-Long", "x".repeat(17_000))
                .build();

        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(431);
    }

    @Test
    void unknownPathsAndWrongMethodsAreToldApart() throws Exception {
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/size/1").statusCode()).isEqualTo(405);
        assertThat(get("/size/1").body()).isEqualTo("/size/1 answers POST only.\n");
    }

    @Test
    void aFailureInsideTellsNothingOfItselfOutside() throws Exception {
        HttpResponse<String> response = get("/fails");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).isEqualTo("Server Error\n");
        assertThat(response.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void aConnectionServesSeveralRequests() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(5_000);
            InputStream in = socket.getInputStream();
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write("GET /thread HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
                StringBuilder response = new StringBuilder();
                while (!response.toString().endsWith("virtual\n")) {
                    int read = in.read();
                    assertThat(read).isNotNegative();
                    response.append((char) read);
                }
                assertThat(response.toString()).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void aRequestInFlightIsAnsweredBeforeTheServerIsGone() throws Exception {
        CompletableFuture<HttpResponse<String>> slow =
                http.sendAsync(HttpRequest.newBuilder(uri("/slow")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(slowBegun.await(5, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> {
            try {
                server.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        slowMayEnd.countDown();

        assertThat(slow.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        closing.get(5, TimeUnit.SECONDS);
        assertThat(server.serving()).isFalse();
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        WebServer second =
                WebServer.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), List.of());

        assertThatThrownBy(second::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + server.port());
    }

    private Answer slow(Call call) {
        slowBegun.countDown();
        try {
            return Answer.text(slowMayEnd.await(5, TimeUnit.SECONDS) ? 200 : 500, "slow");
        } catch (InterruptedException e) {
            return Answer.text(500, "interrupted");
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, byte[] body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri(path))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
