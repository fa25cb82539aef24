package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waterline.fixture.FakeApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaintKeyRecordTest {
    private static final String GUARD =
            "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/waterline-bind-guard";
    private static final String NODES = "/api/v1/nodes";

    private final FakeApiServer server = new FakeApiServer();
    private final KubernetesClient client = server.client();
    private final TaintKeyRecord inUse = new TaintKeyRecord(client);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void theFirstKeyIsRecordedAndItsNextStartWritesNothing() {
        guard("{}");
        inUse.put("example.org/a");

        assertThat(inUse.read()).contains("example.org/a");
        server.requests().clear();
        inUse.put("example.org/a");
        assertThat(server.requests()).allMatch(request -> request.startsWith("GET"));
    }

    @Test
    void anotherKeyIsRefusedWhileANodeCarriesTheOldOneAndTheSentenceSaysHowToThaw() {
        guard("{\"waterline.dev/taint-key\":\"example.org/a\"}");
        nodes("{\"key\":\"example.org/a\",\"value\":\"1000\",\"effect\":\"NoSchedule\"}");

        assertThatThrownBy(() -> inUse.require("example.org/b"))
                .isInstanceOf(TaintKeyInUseException.class)
                .hasMessageContainingAll(
                        "--taint-key is example.org/b",
                        "node n1",
                        "kubectl taint nodes --all example.org/a:NoSchedule-",
                        "waterline.dev/thaw-all");
        assertThatThrownBy(() -> inUse.put("example.org/b")).isInstanceOf(TaintKeyInUseException.class);
        inUse.require("example.org/a");
        assertThat(inUse.read()).contains("example.org/a");
    }

    @Test
    void anotherKeyIsTakenOnceNoNodeCarriesTheOldOne() {
        guard("{\"waterline.dev/taint-key\":\"example.org/a\",\"waterline.dev/installation\":\"ours/lease\"}");
        nodes("{\"key\":\"gpu\",\"effect\":\"NoSchedule\"}");

        inUse.put("example.org/b");

        assertThat(inUse.read()).contains("example.org/b");
        assertThat(server.object(GUARD).orElseThrow().toString()).contains("ours/lease");
    }

    @Test
    void aConflictIsLookedAtAgain() {
        guard("{}");
        var once = new AtomicBoolean();
        server.intercept(409, request -> !request.startsWith("PUT") || once.getAndSet(true));

        inUse.put("example.org/a");

        assertThat(inUse.read()).contains("example.org/a");
    }

    private void guard(String annotations) {
        server.put(GUARD, "{\"metadata\":{\"name\":\"waterline-bind-guard\",\"annotations\":" + annotations + "}}");
    }

    private void nodes(String taint) {
        server.put(
                NODES,
                "{\"kind\":\"NodeList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"n1\"},"
                        + "\"spec\":{\"taints\":[" + taint + "]}}]}");
    }
}
