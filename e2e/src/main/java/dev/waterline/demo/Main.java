package dev.waterline.demo;

import dev.waterline.report.Paint;
import dev.waterline.testbed.process.TestbedException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./demo}. */
@Command(
        name = "demo",
        sortOptions = false,
        usageHelpWidth = 100,
        header = "Plays Waterline's two standing stories and measures whether its promises are kept.",
        description = {
            "",
            "Starts a real control plane of its own (etcd, kube-apiserver, scheduler, controller manager, kwok,"
                    + " Prometheus) on free loopback ports, with fake nodes; runs the operator beside it, with the"
                    + " rights of the Helm chart; plays; ends with a table of what was promised and measured; and"
                    + " tears everything down. The first run builds the control plane with Go, once, in some 15"
                    + " minutes. Timings are shortened, and printed as such."
        },
        footer = {
            "",
            "Settlement: a batch floods the cluster while a third of the nodes climbs over 82 %% CPU. They freeze for"
                    + " lower tiers, no lower-tier pod lands there any more, banking-critical tasks do, and all of"
                    + " them are done inside their window. The nodes cool and thaw, once.",
            "Payment processor: a Deployment is scaled on its 5xx rate from real Prometheus, up and back, and holds"
                    + " while Prometheus is stopped.",
            "",
            "Exit codes: 0 all promises kept; 1 a promise was broken; 2 the play could not be set up.",
            "",
            "Environment: WATERLINE_TESTBED_BIN names a folder of binaries to use instead of building them;"
                    + " WATERLINE_TESTBED_CACHE where built ones are kept; NO_COLOR switches colours off."
        })
public final class Main implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(Main.class);
    private static final int KEPT = 0;
    private static final int BROKEN = 1;
    private static final int NOT_SET_UP = 2;
    private static final int MOST_NODES = 500;
    private static final int FEWEST_NODES = 6;

    /** What to play. */
    enum Choice {
        settlement,
        payment,
        all
    }

    @Option(
            names = "--story",
            paramLabel = "<story>",
            defaultValue = "all",
            description = "What to play: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    Choice story = Choice.all;

    @Option(
            names = "--nodes",
            paramLabel = "<n>",
            defaultValue = "50",
            description = "How many fake nodes, from 6 to 500. Default: ${DEFAULT-VALUE}.")
    int nodes = 50;

    @Option(
            names = "--keep",
            description = "Leave everything running after the play, and print how to look at it with kubectl. Ctrl-C"
                    + " ends it and cleans up.")
    boolean keep;

    @Option(
            names = "--plain",
            description = "Print lines instead of the live view; so it is anyway where standard output is no terminal"
                    + " of at least 80 by 28.")
    boolean plain;

    @Option(
            names = "--kubeconfig",
            paramLabel = "<file>",
            description =
                    "Play on the cluster that this file's current context names, instead of a control plane of its own."
                            + " Fake nodes, Prometheus and the operator are brought along; no node and no workload of the cluster"
                            + " is touched, and all that was made is removed at the end. What the cluster lacks for it is told"
                            + " before anything is changed.")
    @Nullable Path kubeconfig;

    @Option(
            names = "--webhook-url",
            paramLabel = "<url>",
            description =
                    "With --kubeconfig: https://<address>:<port> of this machine as the cluster's API server reaches it,"
                            + " for the bind guard. Without it only the payment processor can be played there.")
    @Nullable URI webhookUrl;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this and exit.")
    boolean help;

    private final Elapsed elapsed = new Elapsed(System::nanoTime);

    public static void main(String... arguments) {
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler((problem, commandLine, _) -> {
                    commandLine.getErr().println("The demo failed, which is a bug of it: " + problem);
                    problem.printStackTrace(commandLine.getErr());
                    return NOT_SET_UP;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (nodes < FEWEST_NODES || nodes > MOST_NODES) {
            System.err.println("--nodes must be from 6 to 500, not " + nodes);
            return NOT_SET_UP;
        }
        if (webhookUrl != null && (kubeconfig == null || !isUsable(webhookUrl))) {
            System.err.println(
                    "--webhook-url goes with --kubeconfig and looks like https://192.0.2.1:9443, not " + webhookUrl);
            return NOT_SET_UP;
        }
        var terminal = Terminal.of(Boolean.getBoolean("waterline.demo.terminal"), plain, System.getenv());
        Narrator narrator = terminal.live()
                ? new LiveNarrator(System.out, elapsed, terminal)
                : new PlainNarrator(System.out, elapsed);
        try {
            return play(narrator, new Paint(terminal.colour()));
        } catch (TestbedException | KubernetesClientException e) {
            narrator.close();
            log.error("The play could not go on", e);
            System.err.println("The play could not go on. " + reason(e));
            return NOT_SET_UP;
        } finally {
            narrator.close();
        }
    }

    private static boolean isUsable(URI url) {
        return "https".equals(url.getScheme()) && url.getHost() != null && url.getPort() > 0;
    }

    /** The client often says nothing itself and leaves it to the cause. */
    static String reason(Throwable problem) {
        var text = problem.getMessage();
        if (text != null) {
            return text;
        }
        return problem.getCause() == null ? problem.toString() : reason(problem.getCause());
    }

    private int play(Narrator narrator, Paint paint) throws InterruptedException {
        // The terminal must be a terminal again, whatever ends this.
        Runtime.getRuntime().addShutdownHook(new Thread(narrator::close, "curtain"));
        var stories = kubeconfig == null ? stories() : playable(stories(), kubeconfig);
        if (stories.isEmpty()) {
            return NOT_SET_UP;
        }
        try (var stage = stage(narrator)) {
            narrator.tell("Up and running in " + Elapsed.seconds(elapsed.time()));
            boolean kept = new Performance(stories, elapsed).give(stage, narrator, paint, System.out);
            if (keep) {
                new KeepNotes(
                                stage.kubeconfig(),
                                stage.operatorLog(),
                                stage.prometheus().uri())
                        .lines()
                        .forEach(System.out::println);
                new CountDownLatch(1).await();
            }
            return kept ? KEPT : BROKEN;
        }
    }

    private Stage stage(Narrator narrator) {
        return kubeconfig == null
                ? OwnControlPlane.start(nodes, narrator)
                : BorrowedCluster.start(client(kubeconfig), kubeconfig, webhookUrl, nodes, narrator);
    }

    /** The stories that can be played on that cluster; tells what the others would need. */
    private List<Story> playable(List<Story> wanted, Path file) {
        try (var client = client(file)) {
            var check = ClusterCheck.of(client, webhookUrl);
            if (!check.always().isEmpty()) {
                System.err.println("The play cannot be given on " + client.getMasterUrl() + ":");
                check.always().forEach(sentence -> System.err.println("- " + sentence));
                return List.of();
            }
            if (check.forSettlement().isEmpty()) {
                return wanted;
            }
            var playable = wanted.stream()
                    .filter(next -> !(next instanceof Settlement))
                    .toList();
            if (playable.size() < wanted.size()) {
                System.err.println("Settlement cannot be played on " + client.getMasterUrl() + ":");
                check.forSettlement().forEach(sentence -> System.err.println("- " + sentence));
            }
            return playable;
        }
    }

    private static KubernetesClient client(Path file) {
        if (!Files.isReadable(file)) {
            throw new TestbedException("--kubeconfig names " + file + ", which cannot be read.");
        }
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(file.toFile()))
                .build();
    }

    private List<Story> stories() {
        var clock = InstantSource.system();
        var settlement = new Settlement(clock, System::nanoTime);
        var payment = new PaymentProcessor(clock);
        return switch (story) {
            case settlement -> List.of(settlement);
            case payment -> List.of(payment);
            case all -> List.of(settlement, payment);
        };
    }
}
