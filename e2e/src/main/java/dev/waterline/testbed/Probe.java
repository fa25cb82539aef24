package dev.waterline.testbed;

import dev.waterline.testbed.process.TestbedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Asks servers whether they are ready. It trusts this run's authority only, so no other run's server can say yes. */
final class Probe implements AutoCloseable {
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(2);

    private final HttpClient client;

    private Probe(HttpClient.Builder client) {
        this.client = client.version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(ANSWERED_WITHIN)
                .build();
    }

    Probe(SSLContext tls) {
        this(HttpClient.newBuilder().sslContext(tls));
    }

    /** For servers without TLS. */
    static Probe plain() {
        return new Probe(HttpClient.newBuilder());
    }

    BooleanSupplier ok(URI uri) {
        return ok(uri, null, body -> true);
    }

    /** Status 200 and a body that pleases; anything else, a refused connection too, is a no. */
    BooleanSupplier ok(URI uri, @Nullable String token, Predicate<String> body) {
        var builder = HttpRequest.newBuilder(uri).timeout(ANSWERED_WITHIN).GET();
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        var request = builder.build();
        return () -> answers(request, body);
    }

    private boolean answers(HttpRequest request, Predicate<String> body) {
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 && body.test(response.body());
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw TestbedException.interrupted("asking " + request.uri(), e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
