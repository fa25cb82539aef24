package dev.waterline.admission.certificates;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waterline.admission.Answer;
import dev.waterline.admission.Call;
import dev.waterline.admission.Route;
import dev.waterline.admission.TlsIdentity;
import dev.waterline.admission.WebServer;
import dev.waterline.admission.WebhookEndpoint;
import dev.waterline.fixture.FakeApiServer;
import dev.waterline.fixture.FakeClock;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookCertificatesTest {
    private static final String SECRET = "/api/v1/namespaces/ours/secrets/waterline-webhook-tls";
    private static final WebhookEndpoint ENDPOINT = new WebhookEndpoint.Service("waterline-webhook", 443);

    private final FakeClock clock = new FakeClock("2026-11-01T00:00:00Z");
    private final FakeApiServer server = new FakeApiServer();
    private final KubernetesClient client = server.client();
    private final WebhookCertificates certificates = replica();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void theFirstReplicaMakesCertificatesAndTheSecondTakesThemOver() {
        certificates.refresh();
        WebhookCertificates second = replica();
        second.refresh();

        assertThat(second.identity()).isEqualTo(certificates.identity());
        assertThat(second.caBundle()).isEqualTo(certificates.caBundle());
        assertThat(server.requests())
                .filteredOn(request -> !request.startsWith("GET"))
                .hasSize(1);
        assertThat(server.object(SECRET).orElseThrow().path("type").asText()).isEqualTo("kubernetes.io/tls");
    }

    @Test
    void whoLosesTheRaceToCreateTheSecretTakesTheWinners() {
        WebhookCertificates winner = replica();
        AtomicBoolean once = new AtomicBoolean();
        server.intercept(500, request -> {
            if (request.startsWith("POST") && once.compareAndSet(false, true)) {
                winner.refresh();
            }
            return true;
        });

        certificates.refresh();

        assertThat(certificates.identity()).isEqualTo(winner.identity());
    }

    @Test
    void aDueCertificateIsRenewedOnceAndEveryReplicaHearsOfIt() {
        WebhookCertificates second = replica();
        certificates.refresh();
        second.refresh();
        List<TlsIdentity> heard = new ArrayList<>();
        certificates.onNewIdentity(heard::add);
        second.onNewIdentity(heard::add);
        clock.advance(Duration.ofDays(61));

        certificates.refresh();
        second.refresh();
        second.refresh();

        assertThat(heard).hasSize(2).allSatisfy(identity -> assertThat(identity).isEqualTo(certificates.identity()));
        assertThat(certificates.servingExpiry()).isEqualTo(clock.instant().plus(Duration.ofDays(90)));
    }

    @Test
    void aNewAuthorityIsToldWithTheOldOneStillInTheBundle() {
        certificates.refresh();
        List<String> bundles = new ArrayList<>();
        certificates.onChange(bundles::add);
        clock.advance(Duration.ofDays(2440));

        certificates.refresh();

        assertThat(bundles).containsExactly(certificates.caBundle());
        assertThat(new String(Base64.getDecoder().decode(certificates.caBundle()), UTF_8)
                        .split("BEGIN CERTIFICATE", -1))
                .hasSize(3);
    }

    @Test
    void aSecretThatSomebodyHasBrokenIsReplaced() {
        server.put(SECRET, """
                {"apiVersion":"v1","kind":"Secret","metadata":{"name":"waterline-webhook-tls","namespace":"ours"},
                 "type":"kubernetes.io/tls","data":{"ca.crt":"bm9uc2Vuc2U=","tls.crt":"","tls.key":""}}""");

        certificates.refresh();

        WebhookCertificates second = replica();
        second.refresh();
        assertThat(second.identity()).isEqualTo(certificates.identity());
    }

    @Test
    void anApiServerThatFailsLeavesWhatIsServedAsItIs() {
        certificates.refresh();
        TlsIdentity before = certificates.identity();
        server.intercept(500, request -> false);

        assertThatThrownBy(certificates::refresh).isInstanceOf(KubernetesClientException.class);

        assertThat(certificates.identity()).isEqualTo(before);
    }

    @Test
    void noKeyIsShownInText() {
        certificates.refresh();

        assertThat(certificates.identity().toString()).doesNotContain("Key", "key");
    }

    @Test
    void aRunningServerServesTheRenewedCertificateWithoutARestart() throws Exception {
        certificates.refresh();
        Route echo = Route.get("/name", (Call call) -> Answer.text(200, "here"));
        try (WebServer webServer = WebServer.tls(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), List.of(echo), certificates.identity())) {
            webServer.start();
            certificates.onNewIdentity(webServer::reload);
            X509Certificate first = servedBy(webServer);
            clock.advance(Duration.ofDays(20)); // still valid today for the client, whose clock is real
            server.put(SECRET, rewrittenWithAnotherName());

            certificates.refresh();

            X509Certificate second = servedBy(webServer);
            assertThat(second).isNotEqualTo(first);
            assertThat(second).isEqualTo(certificates.identity().chain().getFirst());
        }
    }

    /** The Secret as another replica would leave it: the same authority, a new serving certificate. */
    private String rewrittenWithAnotherName() {
        WebhookCertificates other = new WebhookCertificates(
                client, "ours", new WebhookEndpoint.Url(URI.create("https://another.example")), clock);
        other.refresh();
        return server.object(SECRET).orElseThrow().toString();
    }

    private X509Certificate servedBy(WebServer webServer) throws Exception {
        try (HttpClient http = HttpClient.newBuilder().sslContext(trusting()).build()) {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + webServer.port() + "/name"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("here\n");
            return (X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0];
        }
    }

    private SSLContext trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        int i = 0;
        for (Certificate authority : CertificateFactory.getInstance("X.509")
                .generateCertificates(
                        new ByteArrayInputStream(Base64.getDecoder().decode(certificates.caBundle())))) {
            trusted.setCertificateEntry("ca-" + i++, authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private WebhookCertificates replica() {
        return new WebhookCertificates(client, "ours", ENDPOINT, clock);
    }
}
