package dev.waterline.benchmark;

import dev.waterline.report.Paint;
import dev.waterline.report.Scoreboard;
import dev.waterline.testbed.process.TestbedException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./benchmark}. */
@Command(
        name = "benchmark",
        synopsisSubcommandLabel = "<benchmark>",
        usageHelpWidth = 100,
        header = "Measures Waterline on a real control plane of its own, and says whether its promises were kept.",
        footer = {
            "",
            "Exit codes: 0 all promises kept; 1 one was broken, which a busy machine can cause; 2 could not be run."
        })
public final class Main {
    private static final int KEPT = 0;
    private static final int BROKEN = 1;
    private static final int NOT_SET_UP = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Print this and exit.")
    boolean help;

    public static void main(String... arguments) {
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler((problem, commandLine, _) -> {
                    if (!(problem instanceof TestbedException)) {
                        throw problem;
                    }
                    commandLine.getErr().println("The benchmark could not go on. " + problem.getMessage());
                    return NOT_SET_UP;
                })
                .execute(arguments));
    }

    @Command(
            name = "pressure",
            description =
                    "1,000 nodes, 5,000 pods; 300 nodes turn hot at once under churn. How soon they are closed, what"
                            + " became of denied pods, what is written at rest, how much memory the operator needs.")
    int pressure(
            @Option(
                            names = "--nodes",
                            paramLabel = "<n>",
                            defaultValue = "1000",
                            description = "Fake nodes. Default: ${DEFAULT-VALUE}.")
                    int nodes,
            @Option(
                            names = "--pods",
                            paramLabel = "<n>",
                            defaultValue = "5000",
                            description = "Pods, a fifth of them critical. Default: ${DEFAULT-VALUE}.")
                    int pods,
            @Option(
                            names = "--hot",
                            paramLabel = "<n>",
                            defaultValue = "300",
                            description = "How many nodes turn hot at once. Default: ${DEFAULT-VALUE}.")
                    int hot) {
        if (nodes < 1 || pods < 5 || hot < 1 || hot > nodes) {
            spec.commandLine()
                    .getErr()
                    .println("--nodes and --hot must be 1 or more, --pods 5 or more, and --hot not above --nodes");
            return NOT_SET_UP;
        }
        return report(new PressureBenchmark(nodes, pods, hot, spec.commandLine().getOut()));
    }

    private int report(PressureBenchmark benchmark) {
        var scoreboard = new Scoreboard();
        scoreboard.add(benchmark.title(), benchmark.run());
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        scoreboard.lines(new Paint(false)).forEach(out::println);
        out.flush();
        return scoreboard.allKept() ? KEPT : BROKEN;
    }
}
