package dev.waterline.app;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Starts the operator, or does what a subcommand says. */
public final class Main {
    private Main() {}

    /** Runs until a signal; exit codes are documented in {@code --help}. */
    public static void main(String... arguments) throws InterruptedException {
        CommandLine commandLine = commandLine(System.getenv());
        OwnNamespace ownNamespace = new OwnNamespace(System.getenv(), OwnNamespace.SERVICE_ACCOUNT_FILE);
        Configuration configuration;
        try {
            ParseResult parsed = commandLine.parseArgs(arguments);
            if (CommandLine.printHelpIfRequested(parsed)) {
                return;
            }
            if (parsed.hasSubcommand()) {
                CommandLine command = parsed.subcommand().commandSpec().commandLine();
                System.exit(CleanUpCommands.run(command, ownNamespace, InstantSource.system(), System::nanoTime)
                        .code());
            }
            Options options = commandLine.getCommand();
            configuration = new ConfigurationReader(options, ownNamespace).read();
        } catch (ParameterException | InvalidOptionException e) {
            PrintWriter err = commandLine.getErr();
            err.println(e.getMessage());
            err.println("See --help.");
            System.exit(ExitCode.WRONG_OPTION.code());
            return;
        }
        Logging.configure(configuration.logFormat(), configuration.logLevel());
        run(configuration);
    }

    static CommandLine commandLine(Map<String, String> environment) {
        CommandLine commandLine = new CommandLine(Options.class);
        CleanUpCommands.commandLines().forEach(commandLine::addSubcommand);
        return commandLine
                .registerConverter(Duration.class, new DurationConverter())
                .setDefaultValueProvider(new EnvironmentDefaults(environment));
    }

    private static void run(Configuration configuration) throws InterruptedException {
        WaterlineOperator operator = new WaterlineOperator(
                configuration,
                InstantSource.system(),
                System::nanoTime,
                hostName(),
                Wiring::assemble,
                code -> Runtime.getRuntime().halt(code.code()));
        // A hook must not call System.exit, which would wait for this very hook; it only stops what runs.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> stop(operator, configuration.shutdownDeadline()), "stop"));
        try {
            operator.start();
        } catch (StartException e) {
            Logging.of(Main.class).error(e.getMessage());
            Logging.of(Main.class).debug("Cause", e);
            System.exit(e.exitCode().code());
        }
        new CountDownLatch(1).await();
    }

    private static void stop(WaterlineOperator operator, Duration deadline) {
        Thread stopping = Thread.ofPlatform().daemon().name("stopping").start(operator::stop);
        try {
            if (!stopping.join(deadline)) {
                Logging.of(Main.class).warn("Not stopped within --shutdown-deadline; leaving as it is");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-host";
        }
    }
}
