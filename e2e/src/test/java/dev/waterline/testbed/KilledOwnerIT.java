package dev.waterline.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.testbed.junit.Alone;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Alone
final class KilledOwnerIT {
    private static final Duration GONE_WITHIN = Duration.ofSeconds(30);

    private final Process owner;
    private final int port;
    private final Path directory;

    /** Starts a JVM that owns a testbed. */
    KilledOwnerIT() throws IOException {
        owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EtcdUntilKilled.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var reader = new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8));
        var told = reader.readLine();
        assertThat(told).as("what the owner tells once it is up").isNotNull();
        port = Integer.parseInt(told.substring(0, told.indexOf(' ')));
        directory = Path.of(told.substring(told.indexOf(' ') + 1));
        assertThat(listens()).isTrue();
    }

    @AfterEach
    void endTheOwner() {
        owner.destroyForcibly();
    }

    @Test
    void childrenDieWithAKilledJvmAndTheNextRunRemovesItsFolder() throws InterruptedException {
        owner.destroyForcibly();
        assertThat(owner.waitFor(30, TimeUnit.SECONDS)).isTrue();

        await().atMost(GONE_WITHIN).until(() -> !listens());
        assertThat(directory).exists();
        try (var next = Testbed.start(TestbedOptions.etcdOnly(), progress -> {})) {
            assertThat(directory).doesNotExist();
            assertThat(next.directory()).exists();
        }
    }

    @Test
    void anInterruptedJvmTearsDownInOrderAndLeavesNothing() throws InterruptedException {
        owner.destroy();
        assertThat(owner.waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThat(listens()).isFalse();
        assertThat(directory).doesNotExist();
    }

    /** {@code timeout} and others signal a whole group: the owner, and with it the shells that watch over its children. */
    @Test
    void aSignalToTheOwnersWholeGroupLeavesNothing() throws InterruptedException {
        var shells = owner.descendants().filter(KilledOwnerIT::isShell).toList();
        assertThat(shells).isNotEmpty();
        shells.forEach(ProcessHandle::destroy);
        owner.destroy();
        assertThat(owner.waitFor(30, TimeUnit.SECONDS)).isTrue();

        // Not some time later: what has lost its folder may end by itself.
        assertThat(listens()).isFalse();
        assertThat(directory).doesNotExist();
    }

    private static boolean isShell(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("watchdog");
    }

    @Test
    void aRunningTestbedKeepsItsFolderWhenOthersStartAndStop() {
        Testbed.start(TestbedOptions.etcdOnly(), progress -> {}).close();
        assertThat(Files.exists(directory)).isTrue();
        assertThat(listens()).isTrue();
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
