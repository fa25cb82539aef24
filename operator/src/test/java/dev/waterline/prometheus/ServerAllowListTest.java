package dev.waterline.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAllowListTest {
    private final ServerAllowList allowed = new ServerAllowList(List.of(
            URI.create("https://metrics.example.com"),
            URI.create("http://127.0.0.1:9090"),
            URI.create("http://169.254.169.254")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://prometheus",
                "http://prometheus.monitoring.svc:9090",
                "http://prometheus.monitoring.svc.cluster.local:9090/prefix",
                "http://PROMETHEUS.monitoring.SVC",
                "https://metrics.example.com",
                "https://metrics.example.com:443/any/path",
                "HTTPS://Metrics.Example.COM",
                "http://127.0.0.1:9090",
            })
    void clusterInternalNamesAndListedServersMayBeAsked(URI server) {
        assertThat(allowed.refusal(server)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://metrics.example.com | not listed",
                "https://metrics.example.com:8443 | not listed",
                "https://other.example.com | not listed",
                "http://127.0.0.1:9091 | not listed",
                "http://localhost:9090 | not listed",
                "http://10.0.0.1:9090 | not listed",
                "http://2130706433 | not listed",
                "http://0x7f000001 | not listed",
                "http://[::1]:9090 | not listed",
                "http://monitoring.default | not listed",
                "http://prometheus.evil-svc | not listed",
                "http://user:secret@prometheus.monitoring.svc | must not carry credentials",
                "file:///etc/passwd | absolute http or https URL",
                "ftp://prometheus.monitoring.svc | absolute http or https URL",
                "prometheus.monitoring.svc:9090 | absolute http or https URL",
                "//prometheus.monitoring.svc | absolute http or https URL",
            })
    void anyOtherServerIsRefusedWithASentence(URI server, String sentence) {
        assertThat(allowed.refusal(server))
                .hasValueSatisfying(refusal -> assertThat(refusal).contains(sentence));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data",
                "http://169.254.0.1:9090",
                "http://[fe80::1]:9090",
                "http://[::ffff:169.254.169.254]",
                "http://[fd00:ec2::254]",
                "http://2852039166",
            })
    void aLinkLocalAddressIsNeverAskedEvenIfListed(URI server) {
        assertThat(allowed.refusal(server))
                .hasValueSatisfying(refusal -> assertThat(refusal).contains("link-local"));
    }
}
