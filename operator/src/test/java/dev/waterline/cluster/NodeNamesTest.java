package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.cluster.NodeNames.Match;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeNamesTest {
    private static final NodeSummary N1 = node(
            "n1",
            "aws:///eu-west-1a/i-0abc",
            Map.of(
                    "InternalIP",
                    "10.0.0.1",
                    "InternalDNS",
                    "ip-10-0-0-1.eu.internal",
                    "ExternalIP",
                    "2001:db8:0:0::1"));
    private static final NodeSummary N2 =
            node("n2.example.org", "gce://project/zone/worker-2", Map.of("InternalIP", "10.0.0.2", "Hostname", "N2"));
    private static final NodeSummary N3 = node("10.0.0.1", "azure:///scaleSets/a/virtualMachines/7", Map.of());

    @ParameterizedTest
    @CsvSource({
        "n1, n1",
        "n1:9100, n1",
        "10.0.0.2, n2.example.org",
        "10.0.0.2:9100, n2.example.org",
        "ip-10-0-0-1.eu.internal, n1",
        "ip-10-0-0-1.eu.internal:10250, n1",
        "2001:db8::1, n1",
        "[2001:db8::1]:9100, n1",
        "[2001:DB8:0::1], n1",
        "n2, n2.example.org",
        "N2.example.org:9100, n2.example.org",
        "i-0abc, n1",
        "worker-2, n2.example.org"
    })
    void aNodeIsFoundByNameAddressHostNameAndProvidersNameWithOrWithoutPort(String label, String node) {
        assertThat(NodeNames.of(List.of(N1, N2)).match(label)).isEqualTo(new Match.Found(node));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "n3", "10.0.0.3:9100", "10.0.0.256", "10.0.0.2:port", "[::1", "0abc", "7", "n1:9100:9100"})
    void whatNoNodeGoesByIsUnknown(String label) {
        assertThat(NodeNames.of(List.of(N1, N2, node("n7", "azure:///vms/7", Map.of())))
                        .match(label))
                .isEqualTo(new Match.Unknown());
    }

    @Test
    void whatTwoNodesClaimNamesNeither() {
        var names = NodeNames.of(List.of(
                node("b", "kind://kind/b", Map.of("InternalIP", "10.0.0.9")),
                node("a", "kind://kind/a", Map.of("InternalIP", "10.0.0.9")),
                node("c", "kind://kind/c", Map.of("ExternalIP", "10.0.0.9"))));

        assertThat(names.match("10.0.0.9:9100")).isEqualTo(new Match.Ambiguous(List.of("a", "b", "c")));
    }

    @Test
    void aNameGoesBeforeWhatElseAnotherNodeIsCalled() {
        assertThat(NodeNames.of(List.of(N1, N3)).match("10.0.0.1:9100")).isEqualTo(new Match.Found("10.0.0.1"));
    }

    @Test
    void aNodeThatSaysTheSameTwiceIsNotAmbiguous() {
        var node = node("n4", "kind://kind/HOST-4", Map.of("Hostname", "host-4", "InternalDNS", "host-4"));

        assertThat(node.aliases()).containsExactly("host-4");
        assertThat(NodeNames.of(List.of(node)).match("host-4")).isEqualTo(new Match.Found("n4"));
    }

    private static NodeSummary node(String name, String providerId, Map<String, String> addresses) {
        var node = new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withUid("uid")
                .withResourceVersion("7")
                .addToLabels("kubernetes.io/hostname", name)
                .endMetadata()
                .withNewSpec()
                .withProviderID(providerId)
                .endSpec()
                .withNewStatus();
        addresses.forEach((type, address) -> node.addNewAddress(address, type));
        return NodeSummary.of(node.endStatus().build(), "key");
    }
}
