package dev.waterline.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Asks the guard about pods that do not exist, through its own port, until it answers fast.
 *
 * <p>A process that has just started needs a second and more for its first answers: classes are loaded, TLS is set up, nothing
 * is compiled. The API server waits for one second and then lets the pod pass. So nobody may be told to ask before the whole
 * way has been gone: TLS, HTTP, JSON, verdict, a look-up at the API server, the answer.
 */
public final class GuardWarmUp {
    /** No node can be called so: names of nodes are lower case. */
    static final String NODE = "WARM-UP";

    private static final int AT_ONCE = 8;
    private static final int ROUND = 32;

    /** A tenth of the API server's patience; who asks takes its share of the same processors here. */
    private static final Duration FAST = Duration.ofMillis(100);

    private static final int FAST_ROUNDS = 2;

    /** The virtual machine compiles a method when it has been called some 200 times. */
    private static final int LEAST_REVIEWS = 256;

    private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(3);

    /** Few of a round go on to the API server, which has better things to do. */
    private static final int ROUND_PER_LOOKUP = 8;

    /** So many end their connection: the handshake is the longest part, and each of a burst of requests brings its own. */
    private static final int ROUND_PER_HANDSHAKE = 4;

    /**
     * What came of it.
     *
     * @param reviews how many were asked
     * @param slowest of the last round
     * @param fast whether two rounds in a row had no answer slower than 100 ms
     */
    public record Report(int reviews, Duration slowest, boolean fast) {}

    private final URI guard;

    /** One for all: connections are kept for the factory that made them. */
    private final SSLSocketFactory tls;

    private final LongSupplier nanoTime;
    private final Duration givenUpAfter;

    /**
     * A warm-up of the server on a port of this machine.
     *
     * @param identity that the server proves its name with; nobody else is trusted
     */
    public GuardWarmUp(InetSocketAddress server, TlsIdentity identity, LongSupplier nanoTime) {
        this(server, identity, nanoTime, GIVEN_UP_AFTER);
    }

    GuardWarmUp(InetSocketAddress server, TlsIdentity identity, LongSupplier nanoTime, Duration givenUpAfter) {
        var host = server.getAddress().isAnyLocalAddress() ? "127.0.0.1" : server.getHostString();
        this.guard = URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.getPort());
        this.tls = trusting(identity.chain()).getSocketFactory();
        this.nanoTime = nanoTime;
        this.givenUpAfter = givenUpAfter;
    }

    /**
     * Asks until it is fast and has been asked often enough to stay so, or the time is over.
     *
     * @throws IOException if the guard does not answer, or not with a verdict
     */
    public Report run(Duration within) throws IOException {
        long begin = nanoTime.getAsLong();
        int reviews = 0;
        int fastRounds = 0;
        Duration slowest;
        try (ExecutorService askers = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().name("guard-warm-up-", 0).daemon().factory())) {
            do {
                slowest = round(askers);
                reviews += ROUND;
                fastRounds = slowest.compareTo(FAST) <= 0 ? fastRounds + 1 : 0;
            } while ((fastRounds < FAST_ROUNDS || reviews < LEAST_REVIEWS)
                    && nanoTime.getAsLong() - begin < within.toNanos());
        }
        return new Report(reviews, slowest, fastRounds >= FAST_ROUNDS);
    }

    private Duration round(ExecutorService askers) throws IOException {
        List<Future<Duration>> answers = new ArrayList<>();
        for (int i = 0; i < ROUND; i++) {
            int number = i;
            answers.add(askers.submit(() -> ask(number)));
        }
        Duration slowest = Duration.ZERO;
        try {
            for (Future<Duration> answer : answers) {
                Duration took = answer.get();
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
            }
        } catch (ExecutionException e) {
            throw new IOException("The guard could not be asked: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HttpTimeoutException("Interrupted");
        }
        return slowest;
    }

    private Duration ask(int number) throws IOException {
        byte[] review = (number % ROUND_PER_LOOKUP == 0 ? binding() : creation(number)).getBytes(UTF_8);
        int floor = number % 4 < 2 ? Integer.MAX_VALUE : 0;
        long begin = nanoTime.getAsLong();
        HttpsURLConnection connection = (HttpsURLConnection) guard.resolve(NodePressureAdmissionController.path(floor))
                .toURL()
                .openConnection();
        connection.setSSLSocketFactory(tls);
        // The certificate names the Service; whose it is has been checked by trusting it alone.
        connection.setHostnameVerifier((_, _) -> true);
        connection.setConnectTimeout((int) givenUpAfter.toMillis());
        connection.setReadTimeout((int) givenUpAfter.toMillis());
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(review.length);
        connection.setRequestProperty("Content-Type", "application/json");
        if (number % ROUND_PER_HANDSHAKE == 0) {
            connection.setRequestProperty("Connection", "close");
        }
        try {
            try (OutputStream out = connection.getOutputStream()) {
                out.write(review);
            }
            try (InputStream in = connection.getInputStream()) {
                in.readAllBytes();
            }
        } catch (SocketTimeoutException e) {
            // Slow, and what it waited for is one more thing that the next will find done.
            return Duration.ofNanos(nanoTime.getAsLong() - begin);
        }
        return Duration.ofNanos(nanoTime.getAsLong() - begin);
    }

    private static String binding() {
        return review("Binding", """
                {"metadata":{"name":"waterline-warm-up"},"target":{"kind":"Node","name":"%s"}}""".formatted(NODE));
    }

    /** About as long as pods are. */
    private static String creation(int number) {
        var environment = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            environment
                    .append(i == 0 ? "" : ",")
                    .append("{\"name\":\"VARIABLE_%d\",\"value\":\"a value of number %d\"}".formatted(i, number));
        }
        return review("Pod", """
                {"metadata":{"name":"waterline-warm-up","ownerReferences":[{"kind":"ReplicaSet","controller":true}]},
                 "spec":{"nodeName":"%s","priority":%d,"containers":[{"name":"main","env":[%s]}]}}""".formatted(NODE, number, environment));
    }

    private static String review(String kind, String object) {
        return """
                {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"warm-up",
                 "kind":{"group":"","version":"v1","kind":"%s"},"namespace":"default","operation":"CREATE",
                 "object":%s}}""".formatted(kind, object);
    }

    private static SSLContext trusting(List<X509Certificate> chain) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (int i = 0; i < chain.size(); i++) {
                trusted.setCertificateEntry("serving-" + i, chain.get(i));
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("The guard's own certificate cannot be trusted: " + e.getMessage(), e);
        }
    }
}
