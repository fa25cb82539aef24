package dev.waterline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waterline.fixture.FakeApiServer;
import dev.waterline.fixture.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanUpCommandsTest {
    private static final String LEASE =
            "/apis/coordination.k8s.io/v1/namespaces/waterline-system/leases/waterline-operator";

    private final FakeClock clock = new FakeClock("2026-01-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "thaw-if-dead, --after=59s, give 10m",
        "uninstall, --taint-key=node.kubernetes.io/x, a prefix of your own",
        "uninstall, --namespace=A, lower-case",
        "thaw-if-dead, --kubeconfig=/no/such/file, cannot be read"
    })
    void whatCannotWorkIsRefusedWithAWayOut(String command, String option, String wayOut) {
        assertThatThrownBy(() -> run(command, option))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContainingAll(option.substring(0, option.indexOf('=')), wayOut);
    }

    @Test
    void nothingIsTouchedWhileTheOperatorGivesSignsOfLife(@TempDir Path folder) throws IOException {
        try (var server = new FakeApiServer()) {
            server.put(
                    LEASE,
                    "{\"metadata\":{\"name\":\"waterline-operator\"},\"spec\":{\"holderIdentity\":\"x\","
                            + "\"leaseDurationSeconds\":15,\"renewTime\":\"2026-01-01T11:51:00.000000Z\"}}");
            var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: c, cluster: {server: %s}}]
                    users: [{name: u, user: {}}]
                    contexts: [{name: x, context: {cluster: c, user: u}}]
                    current-context: x
                    """.formatted(server.url()));

            assertThat(run("thaw-if-dead", "--after=10m", "--kubeconfig", kubeconfig.toString()))
                    .isEqualTo(ExitCode.STOPPED);
            assertThat(server.requests()).containsExactly("GET " + LEASE);
        }
    }

    private ExitCode run(String... arguments) {
        var command = Main.commandLine(Map.of())
                .parseArgs(arguments)
                .subcommand()
                .commandSpec()
                .commandLine();
        return CleanUpCommands.run(
                command, new OwnNamespace(Map.of(), Path.of("/no/such/file")), clock, clock.nanoTime());
    }
}
