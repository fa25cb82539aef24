package dev.waterline.testbed.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waterline.testbed.process.Deadline;
import dev.waterline.testbed.process.TestbedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildLockTest {
    @TempDir
    private Path folder;

    @Test
    void whoeverWaitsInVainIsToldWhichLockIsHeld() {
        var file = folder.resolve("lock");
        var waited = new AtomicInteger();
        try (var _ = BuildLock.acquire(file, soon(), () -> {})) {
            assertThatThrownBy(() -> BuildLock.acquire(file, soon(), waited::incrementAndGet))
                    .isInstanceOf(TestbedException.class)
                    .hasMessage(
                            "Another process still holds " + file + ": wait until it has built the tools, or stop it.");
        }
        assertThat(waited).hasValue(1);
        BuildLock.acquire(file, soon(), waited::incrementAndGet).close();
        assertThat(waited).as("nobody held it the second time").hasValue(1);
    }

    @Test
    void aLockIsHeldAgainstOtherProcessesAndFreedWhenTheyDie() throws IOException {
        var file = folder.resolve("lock");
        var holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        file.toString())
                .start();
        try (var output = new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.readLine()).isEqualTo("held");
            assertThatThrownBy(() -> BuildLock.acquire(file, soon(), () -> {})).isInstanceOf(TestbedException.class);
            holder.destroyForcibly();
            BuildLock.acquire(file, Deadline.after(Duration.ofSeconds(10)), () -> {})
                    .close();
        } finally {
            holder.destroyForcibly();
        }
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofMillis(300));
    }

    /** Another process that holds the lock until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            try (var channel =
                    FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                System.out.println(channel.tryLock() == null ? "refused" : "held");
                System.in.transferTo(System.out);
            }
        }
    }
}
