package dev.waterline.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waterline.testbed.process.FreePorts;
import dev.waterline.testbed.process.TestbedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OperatorProcessTest {
    private final int port = FreePorts.next();

    @TempDir
    private Path logs;

    @Test
    void itIsReadyWhenItSaysSoAndEndsWhenAskedTo() {
        try (var operator = OperatorProcess.start(launch(List.of(Integer.toString(port))), logs)) {
            assertThat(operator.isRunning()).isTrue();
            assertThat(operator.startUp()).isPositive();
            assertThat(operator.terminate(Duration.ofSeconds(30))).isEqualTo(128 + 15);
            assertThat(operator.isRunning()).isFalse();
            assertThat(operator.logTail(1)).isEqualTo("mood: fine");
        }
    }

    @Test
    void itCanBeKilledAndStartedAgain() {
        try (var first = OperatorProcess.start(launch(List.of(Integer.toString(port))), logs)) {
            first.kill();
            assertThat(first.isRunning()).isFalse();
        }
        try (var second = OperatorProcess.start(launch(List.of(Integer.toString(port))), logs)) {
            assertThat(second.isRunning()).isTrue();
            assertThat(second.logTail(5)).isEqualTo("mood: fine\nmood: fine");
        }
    }

    @Test
    void oneThatEndsInsteadOfGettingReadyIsShownWithItsLog() {
        var launch = launch(List.of());
        assertThatThrownBy(() -> OperatorProcess.start(launch, logs))
                .isInstanceOf(TestbedException.class)
                .hasMessageContaining("operator ended with code 5 before it was ready")
                .hasMessageContaining(logs.resolve("operator.log").toString())
                .hasMessageContaining("no port given");
    }

    @Test
    void oneThatDoesNotGetReadyInTimeIsKilled() {
        int other = FreePorts.next();
        var launch = launch(List.of(Integer.toString(other))).withReadyWithin(Duration.ofSeconds(2));
        assertThatThrownBy(() -> OperatorProcess.start(launch, logs))
                .hasMessageContaining("operator was not ready within 2 s");
        assertThat(FreePorts.next()).isNotEqualTo(other);
        assertThat(ProcessHandle.current()
                        .descendants()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains("ReadyProgram " + other)))
                .isEmpty();
    }

    @Test
    void anOperatorThatWasNotBuiltIsNamedWithTheCommandThatBuildsIt() {
        var launch = new OperatorLaunch(
                "operator",
                logs.resolve("waterline-operator.jar").toString(),
                "x.Main",
                List.of(),
                Map.of(),
                List.of(),
                port,
                Duration.ofSeconds(1));
        assertThatThrownBy(() -> OperatorProcess.start(launch, logs))
                .hasMessage("There is no " + logs.resolve("waterline-operator.jar")
                        + ": build the operator first, with mvn -pl operator -am package -DskipTests.");
    }

    private OperatorLaunch launch(List<String> arguments) {
        return new OperatorLaunch(
                "operator",
                System.getProperty("java.class.path"),
                ReadyProgram.class.getName(),
                arguments,
                Map.of("MOOD", "fine"),
                List.of("-Xshare:auto"),
                port,
                Duration.ofSeconds(60));
    }
}
