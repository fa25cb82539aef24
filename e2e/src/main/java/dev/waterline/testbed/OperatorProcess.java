package dev.waterline.testbed;

import dev.waterline.testbed.process.Deadline;
import dev.waterline.testbed.process.LogTail;
import dev.waterline.testbed.process.SupervisedProcess;
import dev.waterline.testbed.process.TestbedException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** An operator as a process of its own, which can be killed and asked to end. */
public final class OperatorProcess implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(25);
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(5);
    private static final int TAIL = 30;

    private final SupervisedProcess process;
    private final OperatorLaunch launch;
    private final Duration startUp;

    private OperatorProcess(SupervisedProcess process, OperatorLaunch launch, Duration startUp) {
        this.process = process;
        this.launch = launch;
        this.startUp = startUp;
    }

    /**
     * Starts it with the Java that runs this and waits until {@code /readyz} says 200. Logs go to {@code name.log}, behind
     * those of an earlier process of that name.
     *
     * @throws TestbedException with the end of the log if it ends or is not ready in time; it then no longer runs
     */
    public static OperatorProcess start(OperatorLaunch launch, Path logs) {
        requireBuilt(launch);
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(launch.jvmArguments());
        command.addAll(List.of("-cp", launch.classPath(), launch.mainClass()));
        command.addAll(launch.arguments());
        var log = logs.resolve(launch.name() + ".log");
        var deadline = Deadline.after(launch.readyWithin());
        var process = SupervisedProcess.start(
                new SupervisedProcess.Launch(launch.name(), command, launch.environment(), logs, log));
        boolean handedOver = false;
        try (var probe = Probe.plain()) {
            var ready = probe.ok(RunContext.loopback("http", launch.healthPort(), "/readyz"));
            boolean answered = deadline.await(POLL, () -> !process.isAlive() || ready.getAsBoolean());
            var took = launch.readyWithin().minus(deadline.left());
            if (!answered || !process.isAlive()) {
                throw new TestbedException("%s %s. Its log is %s and ends with:%n%s"
                        .formatted(
                                launch.name(),
                                process.isAlive()
                                        ? "was not ready within "
                                                + launch.readyWithin().toSeconds() + " s"
                                        : "ended with code "
                                                + process.exitCode().orElse(-1) + " before it was ready",
                                log,
                                LogTail.of(log, TAIL)));
            }
            handedOver = true;
            return new OperatorProcess(process, launch, took);
        } finally {
            if (!handedOver) {
                process.kill();
            }
        }
    }

    public OperatorLaunch launch() {
        return launch;
    }

    /** From the start of the process until it was ready. */
    public Duration startUp() {
        return startUp;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    public Path log() {
        return process.log();
    }

    /** The last lines of the log, for messages of failed expectations. */
    public String logTail(int lines) {
        return LogTail.of(process.log(), lines);
    }

    /** SIGKILL. */
    public void kill() {
        process.kill();
    }

    /** SIGSTOP: alive and silent, as in a long pause of the machine. */
    public void pause() {
        process.signal(SupervisedProcess.Signal.STOP);
    }

    /** SIGCONT, after {@link #pause()}. */
    public void resume() {
        process.signal(SupervisedProcess.Signal.CONT);
    }

    /**
     * SIGTERM, and waits for the end.
     *
     * @return the exit code
     * @throws TestbedException if it still runs then
     */
    public int terminate(Duration within) {
        if (!process.terminate(within)) {
            throw new TestbedException("%s still runs %d s after SIGTERM. Its log is %s and ends with:%n%s"
                    .formatted(launch.name(), within.toSeconds(), log(), logTail(TAIL)));
        }
        return process.exitCode().orElseThrow();
    }

    /** SIGTERM, and SIGKILL if that has not helped in five seconds. */
    @Override
    public void close() {
        if (!process.terminate(CLOSED_WITHIN)) {
            process.kill();
        }
    }

    private static void requireBuilt(OperatorLaunch launch) {
        var first = Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(launch.classPath())
                .findFirst()
                .orElse("");
        if (!Files.exists(Path.of(first))) {
            throw new TestbedException(
                    "There is no %s: build the operator first, with mvn -pl operator -am package -DskipTests."
                            .formatted(first));
        }
    }
}
