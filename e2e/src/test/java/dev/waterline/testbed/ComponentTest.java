package dev.waterline.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waterline.testbed.process.LogTail;
import dev.waterline.testbed.process.SupervisedProcess;
import dev.waterline.testbed.process.TestbedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComponentTest {
    private static final String PORT_TAKEN = "echo 'listen tcp 127.0.0.1:1: bind: address already in use'; exit 1";
    private static final String SERVE = "echo serving; exec sleep 600";

    private final RunningComponents running = new RunningComponents();

    @TempDir
    private Path folder;

    @Test
    void whereAPortIsTakenAnotherIsTried() {
        var attempts = new AtomicInteger();
        var component = running.start(() -> {
            int attempt = attempts.incrementAndGet();
            return component("attempt-" + attempt, attempt < 3 ? PORT_TAKEN : SERVE);
        });
        assertThat(attempts).hasValue(3);
        assertThat(component.isRunning()).isTrue();

        var failures = new ArrayList<RuntimeException>();
        running.killAll(failures);
        assertThat(failures).isEmpty();
        assertThat(component.isRunning()).isFalse();
    }

    @Test
    void fiveTakenPortsAreEnough() {
        var attempts = new AtomicInteger();
        assertThatThrownBy(() -> running.start(() -> component("attempt-" + attempts.incrementAndGet(), PORT_TAKEN)))
                .isInstanceOf(PortTakenException.class)
                .hasMessageContaining("attempt-5 found its port taken");
        assertThat(attempts).hasValue(5);
    }

    @Test
    void oneThatEndsInsteadOfServingIsShownWithItsLog() {
        var component = component("broken", "echo 'unknown flag: --nonsense'; exit 2");
        assertThatThrownBy(component::start)
                .isInstanceOf(TestbedException.class)
                .hasMessageContaining("broken ended with code 2 instead of getting ready")
                .hasMessageContaining(component.log().toString())
                .hasMessageContaining("unknown flag: --nonsense");
    }

    @Test
    void oneThatNeverServesIsKilledAtTheDeadline() {
        var component = component("silent", "exec sleep 600", Duration.ofSeconds(1));
        assertThatThrownBy(component::start).hasMessageContaining("silent was not ready within 1 s");
        assertThat(component.isRunning()).isFalse();
    }

    @Test
    void aStoppedOneCanBeStartedAgain() {
        var component = component("again", SERVE);
        component.start();
        component.stop();
        assertThat(component.isRunning()).isFalse();
        component.start();
        assertThat(component.isRunning()).isTrue();
        component.kill();
        assertThat(component.isRunning()).isFalse();
    }

    private Component component(String name, String script) {
        return component(name, script, Duration.ofSeconds(60));
    }

    private Component component(String name, String script, Duration readyWithin) {
        var log = folder.resolve(name + ".log");
        return new Component(
                new SupervisedProcess.Launch(name, List.of("/bin/sh", "-c", script), Map.of(), folder, log),
                () -> LogTail.of(log, 1).equals("serving"),
                readyWithin);
    }
}
