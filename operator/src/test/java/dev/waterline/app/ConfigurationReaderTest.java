package dev.waterline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waterline.admission.WebhookEndpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class ConfigurationReaderTest {
    private static final Path NO_FILE = Path.of("does-not-exist");

    @Test
    void withoutAnyOptionTheDefaultsHold() {
        assertThat(read(Map.of()))
                .isEqualTo(new Configuration(
                        Optional.empty(),
                        List.of(),
                        "waterline-system",
                        Set.of(),
                        "0.0.0.0",
                        8080,
                        9443,
                        new WebhookEndpoint.Service("waterline-webhook", 443),
                        new LeaderElection(true, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2)),
                        LogFormat.text,
                        LogLevel.info,
                        "status-taint.cluster-autoscaler.kubernetes.io/waterline",
                        30,
                        List.of(),
                        Optional.empty(),
                        Duration.ofSeconds(20)));
    }

    @Test
    void anEnvironmentVariableGivesAnOptionAndTheOptionItselfWins() {
        Map<String, String> environment = Map.of(
                "WATERLINE_HTTP_PORT", "9000",
                "WATERLINE_WEBHOOK_PORT", "9001",
                "WATERLINE_WATCH_NAMESPACES", "shop,bank",
                "WATERLINE_LEADER_ELECT", "false",
                "WATERLINE_PROMETHEUS_URL", " ");

        Configuration configuration = read(environment, "--webhook-port=9002", "--log-format", "json");

        assertThat(configuration.httpPort()).isEqualTo(9000);
        assertThat(configuration.webhookPort()).isEqualTo(9002);
        assertThat(configuration.watchNamespaces()).containsExactlyInAnyOrder("shop", "bank");
        assertThat(configuration.leaderElection().enabled()).isFalse();
        assertThat(configuration.prometheusUrl()).isEmpty();
        assertThat(configuration.logFormat()).isEqualTo(LogFormat.json);
    }

    @Test
    void severalUrlsAreSeparatedByCommas() {
        Configuration configuration =
                read(Map.of(), "--allowed-metric-servers", "http://a:9090,https://b", "--webhook-url=https://h:1/");

        assertThat(configuration.allowedMetricServers())
                .containsExactly(URI.create("http://a:9090"), URI.create("https://b"));
        assertThat(configuration.webhookEndpoint()).isEqualTo(new WebhookEndpoint.Url(URI.create("https://h:1")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --prometheus-url        | ftp://prometheus       | http
                    --prometheus-url        | http://u:p@prometheus  | credentials
                    --allowed-metric-servers| http://a,b             | http
                    --namespace             | Not_A_Label            | lower-case
                    --watch-namespaces      | good,Bad               | 'Bad'
                    --http-port             | 70000                  | 65535
                    --webhook-port          | -1                     | 65535
                    --webhook-url           | http://127.0.0.1:9443  | https
                    --webhook-url           | https://h/path         | https
                    --webhook-service       | waterline              | name and port
                    --webhook-service       | waterline:0            | name and port
                    --lease-duration        | 5s                     | --renew-deadline
                    --lease-duration        | 900ms                  | whole seconds
                    --renew-deadline        | 2s                     | --retry-period
                    --retry-period          | 0s                     | longer than zero
                    --shutdown-deadline     | 0ms                    | longer than zero
                    --taint-key             | waterline              | DNS prefix
                    --taint-key             | a..b/waterline         | DNS prefix
                    --taint-key             | example.org/-x         | DNS prefix
                    --taint-key             | node.kubernetes.io/hot | prefix of your own
                    --max-evictions-per-minute | -1                  | 0 to 1000
                    --taint-key             | a..b/waterline         | DNS prefix
                    --taint-key             | example.org/-x         | DNS prefix
                    --taint-key             | node.kubernetes.io/hot | prefix of your own
                    --kubeconfig            | does-not-exist         | cannot be read
                    --api-server-endpoints  | tcp://127.0.0.1:6443   | http
                    """)
    void aValueThatCannotWorkIsRefusedWithTheOptionsNameAndTheWayOut(String option, String value, String wayOut) {
        assertThatThrownBy(() -> read(Map.of(), option + "=" + value))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContainingAll(option, wayOut);
    }

    @ParameterizedTest
    @CsvSource({
        "--http-port, eighty, --http-port",
        "--lease-duration, 15, 'such as 500ms, 15s, 2m or 1h'",
        "--log-format, xml, 'text, json'",
        "--no-such-option, x, --no-such-option"
    })
    void aValueThatCannotBeReadIsRefusedByTheCommandLine(String option, String value, String says) {
        assertThatThrownBy(() -> read(Map.of(), option + "=" + value))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(says);
    }

    @Test
    void serviceAndUrlExcludeEachOther() {
        assertThatThrownBy(() -> read(Map.of(), "--webhook-service=a:1", "--webhook-url=https://h"))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("exclude each other");
    }

    @Test
    void theOwnNamespaceComesFromThePodThenFromTheServiceAccount(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("namespace"), "from-file\n");

        assertThat(new OwnNamespace(Map.of("POD_NAMESPACE", "from-pod"), file).find())
                .isEqualTo("from-pod");
        assertThat(new OwnNamespace(Map.of(), file).find()).isEqualTo("from-file");
        assertThat(new OwnNamespace(Map.of(), NO_FILE).find()).isEqualTo("waterline-system");
    }

    private static Configuration read(Map<String, String> environment, String... arguments) {
        CommandLine commandLine = Main.commandLine(environment);
        commandLine.parseArgs(arguments);
        Options options = commandLine.getCommand();
        return new ConfigurationReader(options, new OwnNamespace(environment, NO_FILE)).read();
    }
}
