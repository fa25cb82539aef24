package dev.waterline.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waterline.fixture.FakeApiServer;
import dev.waterline.fixture.FakeClock;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationTest {
    private static final String GUARD =
            "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/waterline-bind-guard";
    private static final String OTHERS_LEASE =
            "/apis/coordination.k8s.io/v1/namespaces/elsewhere/leases/waterline-operator";

    private final FakeClock clock = new FakeClock("2026-01-01T12:00:00Z");
    private final FakeApiServer server = new FakeApiServer();
    private final KubernetesClient client = server.client();
    private final Installation installation = new Installation(client, "ours", clock);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void aClusterWithoutGuardIsClaimedWithAnEmptyOne() {
        installation.claim();

        assertThat(owner()).isEqualTo("ours/waterline-operator");
        assertThat(server.object(GUARD).orElseThrow().path("webhooks")).isEmpty();
    }

    @Test
    void aReplicaOfTheSameInstallationWritesNothing() {
        installation.claim();
        server.requests().clear();

        new Installation(client, "ours", clock).claim();

        assertThat(server.requests()).containsExactly("GET " + GUARD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"holderIdentity\":\"x\",\"renewTime\":\"2026-01-01T11:59:50.000000Z\"",
                "\"holderIdentity\":\"x\",\"renewTime\":\"2026-01-01T11:55:01.000000Z\"",
                "\"renewTime\":\"2026-01-01T11:59:50.000000Z\"",
                "\"holderIdentity\":\"x\""
            })
    void anotherInstallationThatLivesIsRespectedAndNamed(String leaseSpec) {
        guardOf("elsewhere/waterline-operator");
        lease(leaseSpec);

        assertThatThrownBy(installation::claim)
                .isInstanceOf(AnotherInstallationException.class)
                .hasMessageContainingAll("'elsewhere'", "uninstall");
        assertThat(owner()).isEqualTo("elsewhere/waterline-operator");
    }

    @Test
    void anInstallationThatHasBeenDeadForFiveMinutesIsSucceeded() {
        guardOf("elsewhere/waterline-operator");
        lease("\"holderIdentity\":\"x\",\"renewTime\":\"2026-01-01T11:54:59.000000Z\"");

        installation.claim();

        assertThat(owner()).isEqualTo("ours/waterline-operator");
    }

    @Test
    void anInstallationWithoutLeaseIsSucceeded() {
        guardOf("elsewhere/waterline-operator");

        installation.claim();

        assertThat(owner()).isEqualTo("ours/waterline-operator");
    }

    @Test
    void ofTwoSuccessorsTheSlowerOneGivesWay() {
        guardOf("elsewhere/waterline-operator");
        AtomicBoolean once = new AtomicBoolean();
        server.intercept(500, request -> {
            if (request.startsWith("PUT") && once.compareAndSet(false, true)) {
                guardOf("faster/waterline-operator");
                server.put(
                        OTHERS_LEASE.replace("elsewhere", "faster"),
                        leaseJson("\"holderIdentity\":\"x\",\"renewTime\":\"2026-01-01T11:59:59.000000Z\""));
            }
            return true;
        });

        assertThatThrownBy(installation::claim).hasMessageContaining("'faster'");
        assertThat(owner()).isEqualTo("faster/waterline-operator");
    }

    @Test
    void twoReplicasThatCreateTheGuardAtOnceAgree() {
        AtomicBoolean once = new AtomicBoolean();
        server.intercept(500, request -> {
            if (request.startsWith("POST") && once.compareAndSet(false, true)) {
                guardOf("ours/waterline-operator");
            }
            return true;
        });

        assertThatCode(installation::claim).doesNotThrowAnyException();
    }

    private String owner() {
        return server.object(GUARD)
                .orElseThrow()
                .path("metadata")
                .path("annotations")
                .path("waterline.dev/installation")
                .asText();
    }

    private void guardOf(String owner) {
        server.put(GUARD, """
                {"apiVersion":"admissionregistration.k8s.io/v1","kind":"ValidatingWebhookConfiguration","metadata":
                 {"name":"waterline-bind-guard","annotations":{"waterline.dev/installation":"%s"}}}""".formatted(owner));
    }

    private void lease(String spec) {
        server.put(OTHERS_LEASE, leaseJson(spec));
    }

    private static String leaseJson(String spec) {
        return """
                {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"waterline-operator"},
                 "spec":{"leaseDurationSeconds":15,%s}}""".formatted(spec);
    }
}
