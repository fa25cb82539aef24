package dev.waterline.testbed.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A child process that dies with this JVM, however the JVM ends.
 *
 * <p>The child runs under a few lines of {@code sh} that hold the other end of a pipe. Signals are written into the pipe
 * by name; when the pipe closes, which the kernel sees to even if the JVM was killed, the shell kills the child and all of
 * its process group. This needs nothing that only one operating system has: parent-death signals are Linux's alone, and a
 * shutdown hook does not run on SIGKILL. The child gets a process group of its own, so that Ctrl-C in a terminal reaches
 * only the JVM, which then can tear things down in order. The shell itself is deaf to signals that are sent to the JVM's whole
 * group, as {@code timeout} does: a child without its watchdog would live for ever. What it merely catches, TERM, is the child's
 * own again.
 */
public final class SupervisedProcess {
    private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);

    private static final String WATCHDOG = """
            log=$1; shift
            trap '' INT HUP QUIT
            trap : TERM
            exec 3<&0 </dev/null
            own=
            if command -v setsid >/dev/null 2>&1; then own=setsid; else set -m 2>/dev/null; fi
            $own "$@" </dev/null >>"$log" 2>&1 3<&- &
            child=$!
            echo "$child"
            exec >/dev/null 2>&1
            (
              trap '' TERM
              while read -r signal; do
                kill -s "$signal" -- "-$child" || kill -s "$signal" "$child"
              done
              kill -s KILL -- "-$child" || kill -s KILL "$child"
            ) <&3 &
            watcher=$!
            exec 3<&-
            wait "$child"
            code=$?
            while [ "$code" -gt 128 ] && kill -s 0 "$child"; do
              wait "$child"
              code=$?
            done
            kill -s KILL "$watcher"
            exit "$code"
            """;

    /**
     * What to run.
     *
     * @param name for messages
     * @param command executable and arguments
     * @param environment added to this JVM's environment
     * @param directory the working directory, which must exist
     * @param log where standard output and error are appended; its folder must exist
     */
    public record Launch(String name, List<String> command, Map<String, String> environment, Path directory, Path log) {
        public Launch {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }
    }

    /** The signals a test or a teardown has use for. */
    public enum Signal {
        TERM,
        KILL,
        STOP,
        CONT
    }

    private final Launch launch;
    private final Process watchdog;
    private final long pid;

    private SupervisedProcess(Launch launch, Process watchdog, long pid) {
        this.launch = launch;
        this.watchdog = watchdog;
        this.pid = pid;
    }

    /**
     * Starts it and returns once it has a process id.
     *
     * @throws TestbedException if the executable does not exist or cannot be started
     */
    public static SupervisedProcess start(Launch launch) {
        var executable = Path.of(launch.command().getFirst());
        if (executable.isAbsolute() && !Files.isExecutable(executable)) {
            throw new TestbedException(
                    "Cannot start " + launch.name() + ": " + executable + " is not an executable file.");
        }
        var command = new ArrayList<>(
                List.of("/bin/sh", "-c", WATCHDOG, "watchdog", launch.log().toString()));
        command.addAll(launch.command());
        var builder = new ProcessBuilder(command)
                .directory(launch.directory().toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
        builder.environment().putAll(launch.environment());
        try {
            var watchdog = builder.start();
            var reader = new BufferedReader(new InputStreamReader(watchdog.getInputStream(), StandardCharsets.UTF_8));
            var pid = reader.readLine();
            if (pid == null) {
                throw new TestbedException("Cannot start " + launch.name() + ": " + LogTail.of(launch.log(), 5));
            }
            return new SupervisedProcess(launch, watchdog, Long.parseLong(pid));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + launch.name(), e);
        }
    }

    public String name() {
        return launch.name();
    }

    public Path log() {
        return launch.log();
    }

    public long pid() {
        return pid;
    }

    public boolean isAlive() {
        return watchdog.isAlive();
    }

    /** The exit code, 128 + n after signal n; empty while the process runs. */
    public OptionalInt exitCode() {
        return watchdog.isAlive() ? OptionalInt.empty() : OptionalInt.of(watchdog.exitValue());
    }

    /** Returns whether the process ended in that time. */
    public boolean waitFor(Duration wait) {
        try {
            return watchdog.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw TestbedException.interrupted("waiting for " + name(), e);
        }
    }

    /** Does nothing to a process that has ended. */
    public void signal(Signal signal) {
        if (!isAlive()) {
            return;
        }
        var pipe = watchdog.getOutputStream();
        try {
            pipe.write((signal + "\n").getBytes(StandardCharsets.US_ASCII));
            pipe.flush();
        } catch (IOException e) {
            if (!waitFor(Duration.ofSeconds(1))) {
                throw new UncheckedIOException("The watchdog of " + name() + " no longer listens", e);
            }
        }
    }

    /** Asks the process to end, and returns whether it did in that time. If not, it still runs. */
    public boolean terminate(Duration within) {
        signal(Signal.TERM);
        return waitFor(within);
    }

    /**
     * SIGKILL, at once.
     *
     * @throws TestbedException if the process is still there ten seconds later
     */
    public void kill() {
        try {
            signal(Signal.KILL);
        } finally {
            if (!waitFor(KILLED_WITHIN)) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                watchdog.destroyForcibly();
            }
        }
        if (!waitFor(KILLED_WITHIN)) {
            throw new TestbedException(name() + " (pid " + pid + ") cannot be killed.");
        }
    }
}
