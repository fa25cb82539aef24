package dev.waterline.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAllowListTest {
    private static final ServerAllowList ALLOWED = new ServerAllowList(
            List.of(URI.create("https://metrics.example.com/prometheus"), URI.create("http://127.0.0.1:9090")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://prometheus.monitoring.svc:9090",
                "http://prometheus.monitoring.svc.cluster.local:9090/tenant",
                "https://metrics.example.com:443/other-path",
                "HTTPS://Metrics.Example.Com",
                "http://127.0.0.1:9090"
            })
    void clusterInternalNamesAndListedServersMayBeAsked(String address) {
        assertThat(ALLOWED.refusal(URI.create(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://metrics.example.com",
                "https://metrics.example.com:8443",
                "https://evil.example.com",
                "http://svc.example.com",
                "http://prometheus.monitoring.svc.evil.com",
                "http://127.0.0.1:9091",
                "http://localhost:9090",
                "http://10.0.0.1",
                "http://2130706433",
                "http://0x7f000001",
                "http://[::1]:9090"
            })
    void othersMayNot(String address) {
        assertThat(ALLOWED.refusal(URI.create(address)))
                .hasValueSatisfying(why -> assertThat(why).contains("--allowed-metric-servers"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254",
                "http://[fe80::1]",
                "http://[::ffff:169.254.169.254]",
                "http://[fd00:ec2::254]"
            })
    void linkLocalAddressesAreNeverAskedNotEvenIfListed(String address) {
        var generous = new ServerAllowList(List.of(URI.create(address)));

        assertThat(generous.refusal(URI.create(address)))
                .hasValueSatisfying(why -> assertThat(why).contains("link-local"));
    }

    @ParameterizedTest
    @CsvSource({
        "file:///etc/passwd, http or https",
        "ftp://prometheus.monitoring.svc, http or https",
        "prometheus.monitoring.svc:9090, http or https",
        "//prometheus.monitoring.svc, http or https",
        "http:///path, http or https",
        "http://user:password@prometheus.monitoring.svc, credentials",
        "http://prometheus.monitoring.svc/-/quit?x=, from ? or # on",
        "http://prometheus.monitoring.svc/-/quit#, from ? or # on"
    })
    void anAddressThatIsNoPlainServerIsRefusedWithWhatToDo(String address, String why) {
        assertThat(ALLOWED.refusal(URI.create(address)))
                .hasValueSatisfying(sentence ->
                        assertThat(sentence).contains("serverAddress").contains(why));
    }

    @Test
    void aRefusalNeverRepeatsCredentials() {
        assertThat(ALLOWED.refusal(URI.create("http://user:hunter2@prometheus.svc"))
                        .orElseThrow())
                .doesNotContain("hunter2");
    }
}
