package dev.waterline.app;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class OptionsTest {

    @Test
    void everyOptionAndItsDefaultIsAContract() {
        String options = options().stream()
                .map(option -> option.longestName() + " = " + Objects.requireNonNullElse(option.defaultValue(), "-"))
                .collect(joining("\n"));

        assertThat(options).isEqualTo("""
                        --prometheus-url = -
                        --allowed-metric-servers = -
                        --namespace = -
                        --watch-namespaces = -
                        --bind-address = 0.0.0.0
                        --http-port = 8080
                        --webhook-port = 9443
                        --webhook-service = -
                        --webhook-url = -
                        --leader-elect = true
                        --lease-duration = 15s
                        --renew-deadline = 10s
                        --retry-period = 2s
                        --taint-key = status-taint.cluster-autoscaler.kubernetes.io/waterline
                        --api-server-endpoints = -
                        --kubeconfig = -
                        --log-format = text
                        --log-level = info
                        --shutdown-deadline = 20s
                        --max-evictions-per-minute = 30""");
    }

    @Test
    void everyDescriptionNamesItsEnvironmentVariableAndSaysTheDefault() {
        assertThat(options()).allSatisfy(option -> {
            String description = String.join(" ", option.description());
            assertThat(description).endsWith("[" + EnvironmentDefaults.variable(option) + "]");
            if (!List.of("--prometheus-url", "--webhook-url").contains(option.longestName())) {
                assertThat(description).contains("Default: ");
            }
        });
    }

    @Test
    void theHelpListsOptionsInTheirOrderAndTellsExitCodes() {
        String help = Main.commandLine(Map.of()).getUsageMessage();

        assertThat(help)
                .contains("Exit codes:", "java -jar waterline-operator.jar")
                .containsSubsequence("--prometheus-url=<url>", "--http-port=<port>", "--log-level=<level>");
    }

    @Test
    void theCommandsThatCleanUpHaveTheOperatorsNamesAndDefaultsForWhatTheyShare() {
        var operator = options().stream().collect(toMap(OptionSpec::longestName, OptionsTest::defaultValue));
        var commands = Main.commandLine(Map.of()).getSubcommands();

        assertThat(commands.keySet()).containsExactly("uninstall", "thaw-if-dead");
        assertThat(commands.values())
                .allSatisfy(command -> assertThat(options(command.getCommandSpec()))
                        .filteredOn(option -> !option.longestName().equals("--after"))
                        .hasSize(5)
                        .allSatisfy(option ->
                                assertThat(operator).containsEntry(option.longestName(), defaultValue(option))));
    }

    private static String defaultValue(OptionSpec option) {
        return Objects.requireNonNullElse(option.defaultValue(), "-");
    }

    private static List<OptionSpec> options() {
        return options(Main.commandLine(Map.of()).getCommandSpec());
    }

    private static List<OptionSpec> options(CommandSpec command) {
        return command.options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .sorted(Comparator.comparingInt(OptionSpec::order))
                .toList();
    }
}
