package dev.waterline.app;

import dev.waterline.leadership.Fence;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The subcommands that clean a cluster up: parsed, checked and started here. Nothing here logs, see {@link Logging}. */
final class CleanUpCommands {
    private static final String CLUSTER = "cluster";
    private static final Duration SHORTEST_SILENCE = Duration.ofMinutes(1);
    private static final Duration LIKE_A_LEASE = Duration.ofSeconds(15);

    private CleanUpCommands() {}

    /** For the parser. */
    static List<CommandLine> commandLines() {
        return List.of(commandLine(UninstallOptions.class), commandLine(ThawIfDeadOptions.class));
    }

    /**
     * Runs the subcommand that was parsed.
     *
     * @throws InvalidOptionException if a value cannot work
     */
    static ExitCode run(CommandLine command, OwnNamespace ownNamespace, InstantSource clock, LongSupplier nanoTime) {
        var cluster = Objects.requireNonNull(command.getCommandSpec().mixins().get(CLUSTER));
        ClusterOptions options = (ClusterOptions) cluster.userObject();
        String namespace = OptionRules.dnsLabel(
                "--namespace", Objects.requireNonNullElseGet(options.namespace(), ownNamespace::find));
        String taintKey = OptionRules.taintKey(options.taintKey());
        Duration after = command.getCommand() instanceof ThawIfDeadOptions thaw ? silence(thaw.after()) : Duration.ZERO;
        var kubeconfig = OptionRules.kubeconfig(options.kubeconfig());
        Logging.configure(options.logFormat(), options.logLevel());
        try (var clients = new KubernetesClients(kubeconfig, LIKE_A_LEASE, Fence.open())) {
            var cleanUp = new CleanUpCommand(clients, namespace, taintKey, clock, nanoTime);
            return command.getCommand() instanceof UninstallOptions
                    ? cleanUp.uninstall()
                    : cleanUp.thawIfSilentSince(clock.instant().minus(after));
        }
    }

    private static CommandLine commandLine(Class<?> options) {
        var command = new CommandLine(options);
        command.addMixin(CLUSTER, CommandSpec.forAnnotatedObject(ClusterOptions.class));
        return command;
    }

    private static Duration silence(Duration after) {
        if (after.compareTo(SHORTEST_SILENCE) < 0) {
            throw new InvalidOptionException("--after is shorter than a minute, within which an operator is replaced"
                    + " in good order; give 10m, for example.");
        }
        return after;
    }
}
