package dev.waterline.testbed;

import dev.waterline.testbed.process.Deadline;
import dev.waterline.testbed.process.LogTail;
import dev.waterline.testbed.process.SupervisedProcess;
import dev.waterline.testbed.process.TestbedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A server of the testbed, which can be stopped, killed, paused and started again on the same ports and data. */
public sealed class Component permits EtcdServer, ApiServer, PrometheusServer {
    private static final Duration POLL = Duration.ofMillis(25);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(10);
    private static final int TAIL = 15;

    private final SupervisedProcess.Launch launch;
    private final BooleanSupplier ready;
    private final Duration readyWithin;
    private @Nullable SupervisedProcess process;
    private Duration startUp = Duration.ZERO;

    /** @param ready whether <em>this</em> process serves; another server on the same port must not satisfy it */
    Component(SupervisedProcess.Launch launch, BooleanSupplier ready, Duration readyWithin) {
        this.launch = launch;
        this.ready = ready;
        this.readyWithin = readyWithin;
    }

    public final String name() {
        return launch.name();
    }

    public final Path log() {
        return launch.log();
    }

    /** The time from start to ready of the last start. */
    public final synchronized Duration startUp() {
        return startUp;
    }

    public final synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /**
     * Starts it and waits until it is ready; does nothing if it runs.
     *
     * @throws TestbedException with the end of its log if it ends or is not ready in time
     */
    public final synchronized void start() {
        if (isRunning()) {
            return;
        }
        var deadline = Deadline.after(readyWithin);
        var started = SupervisedProcess.start(launch);
        process = started;
        boolean answered = deadline.await(POLL, () -> !started.isAlive() || ready.getAsBoolean());
        if (answered && started.isAlive()) {
            startUp = readyWithin.minus(deadline.left());
            return;
        }
        var exit = started.exitCode();
        started.kill();
        var tail = LogTail.of(log(), TAIL);
        if (exit.isPresent() && LogTail.of(log(), 50).contains("address already in use")) {
            throw new PortTakenException(name() + " found its port taken. " + logged(tail));
        }
        throw new TestbedException((exit.isPresent()
                        ? name() + " ended with code " + exit.getAsInt() + " instead of getting ready. "
                        : name() + " was not ready within " + readyWithin.toSeconds() + " s. ")
                + logged(tail));
    }

    /** Asks it to end, and kills it if it has not after ten seconds. */
    public final synchronized void stop() {
        if (process != null && !process.terminate(STOPPED_WITHIN)) {
            process.kill();
        }
    }

    /** SIGKILL. */
    public final synchronized void kill() {
        if (process != null) {
            process.kill();
        }
    }

    /** Stops it in its tracks (SIGSTOP): connections stay open and nobody answers. */
    public final synchronized void pause() {
        if (process != null) {
            process.signal(SupervisedProcess.Signal.STOP);
        }
    }

    /** Undoes {@link #pause()}. */
    public final synchronized void resume() {
        if (process != null) {
            process.signal(SupervisedProcess.Signal.CONT);
        }
    }

    private String logged(String tail) {
        return "Its log is " + log() + " and ends with:\n" + tail;
    }
}
