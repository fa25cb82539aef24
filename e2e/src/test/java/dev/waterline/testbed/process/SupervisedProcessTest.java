package dev.waterline.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SupervisedProcessTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void itsOutputAndExitCodeAreKept() {
        var process = shell("echo out; echo err >&2; echo \"$GREETING\"; exit 7");
        assertThat(process.waitFor(SOON)).isTrue();
        assertThat(process.exitCode()).hasValue(7);
        assertThat(LogTail.of(process.log(), 10)).isEqualTo("out\nerr\nhello");
        assertThat(LogTail.of(process.log(), 2)).isEqualTo("err\nhello");
    }

    @Test
    void itCanEndInGoodOrderWhenAskedTo() {
        var process = shell("trap 'echo bye; exit 3' TERM; echo up; while :; do sleep 0.05; done");
        awaitLog(process, "up");
        assertThat(process.terminate(SOON)).isTrue();
        assertThat(process.exitCode()).hasValue(3);
        assertThat(LogTail.of(process.log(), 1)).isEqualTo("bye");
    }

    @Test
    void killingItKillsItsChildrenToo() {
        var process = shell("sleep 600 & echo $!; wait");
        await().atMost(SOON).until(() -> LogTail.of(process.log(), 1).matches("\\d+"));
        long child = Long.parseLong(LogTail.of(process.log(), 1));
        assertThat(ProcessHandle.of(child)).hasValueSatisfying(ProcessHandle::isAlive);

        process.kill();

        assertThat(process.isAlive()).isFalse();
        assertThat(process.exitCode()).hasValue(128 + 9);
        await().atMost(SOON)
                .until(() ->
                        ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void whatIgnoresTheRequestToEndStillCanBeKilled() {
        var process = shell("trap '' TERM; echo up; while :; do sleep 0.05; done");
        awaitLog(process, "up");
        assertThat(process.terminate(Duration.ofMillis(300))).isFalse();
        process.kill();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void aPausedProcessDoesNothingUntilItIsResumed() {
        var process = shell("trap 'exit 4' TERM; echo up; while :; do sleep 0.05; done");
        awaitLog(process, "up");
        process.signal(SupervisedProcess.Signal.STOP);
        assertThat(process.terminate(Duration.ofMillis(300))).isFalse();
        process.signal(SupervisedProcess.Signal.CONT);
        assertThat(process.waitFor(SOON)).isTrue();
        assertThat(process.exitCode()).hasValue(4);
    }

    @Test
    void aMissingExecutableIsNamed() {
        var launch = new SupervisedProcess.Launch(
                "nothing", List.of(folder.resolve("nothing").toString()), Map.of(), folder, folder.resolve("log"));
        assertThatThrownBy(() -> SupervisedProcess.start(launch))
                .isInstanceOf(TestbedException.class)
                .hasMessage("Cannot start nothing: " + folder.resolve("nothing") + " is not an executable file.");
    }

    private SupervisedProcess shell(String script) {
        return SupervisedProcess.start(new SupervisedProcess.Launch(
                "shell", List.of("/bin/sh", "-c", script), Map.of("GREETING", "hello"), folder, folder.resolve("log")));
    }

    private static void awaitLog(SupervisedProcess process, String line) {
        await().atMost(SOON).until(() -> LogTail.of(process.log(), 1).equals(line));
    }
}
