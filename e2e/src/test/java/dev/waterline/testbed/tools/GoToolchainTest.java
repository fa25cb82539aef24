package dev.waterline.testbed.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waterline.testbed.process.TestbedException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GoToolchainTest {
    private static final GoVersion NEEDED = new GoVersion(1, 26, 7);

    @Test
    void withoutGoOneSentenceSaysWhatToInstall(@TempDir Path empty) {
        assertThatThrownBy(() -> GoToolchain.find(empty.toString(), NEEDED))
                .isInstanceOf(TestbedException.class)
                .hasMessage(
                        "The testbed builds its control plane with Go 1.26.7 or newer and there is no go on the PATH:"
                                + " install it from https://go.dev/dl/, or name a folder of ready-made binaries in"
                                + " WATERLINE_TESTBED_BIN.");
    }

    @Test
    void withAnOldGoOneSentenceSaysWhichIsNeeded(@TempDir Path root) throws IOException {
        var go = FakeGo.in(root, "go1.26.6", FakeGo.BUILDS);
        assertThatThrownBy(() -> GoToolchain.find(go.path(), NEEDED))
                .isInstanceOf(TestbedException.class)
                .hasMessage("The testbed builds its control plane with Go 1.26.7 or newer and "
                        + root.resolve("bin/go")
                        + " is Go 1.26.6: install it from https://go.dev/dl/, or name a folder of ready-made binaries in"
                        + " WATERLINE_TESTBED_BIN.");
    }

    @Test
    void theFirstGoOnThePathIsTaken(@TempDir Path root) throws IOException {
        var go = FakeGo.in(root, "go1.26.7 X:nodwarf5", FakeGo.BUILDS);
        var found = GoToolchain.find(go.path(), NEEDED);
        assertThat(found).isEqualTo(new GoToolchain(root.resolve("bin/go"), NEEDED, "linux/amd64"));
    }

    @ParameterizedTest
    @CsvSource({"go1.26.8,1,26,8", "1.26,1,26,0", "go1.27rc1,1,27,0", "go1.26.8 X:foo,1,26,8", "go1.26-custom,1,26,0"})
    void versionsAreReadInAllTheirForms(String text, int major, int minor, int patch) {
        assertThat(GoVersion.parse(text)).isEqualTo(new GoVersion(major, minor, patch));
    }

    @Test
    void versionsAreComparedAsNumbers() {
        assertThat(GoVersion.parse("1.26.10")).isGreaterThan(GoVersion.parse("1.26.9"));
        assertThat(GoVersion.parse("1.9.0")).isLessThan(GoVersion.parse("1.26.0"));
        assertThat(GoVersion.requiredBy("module x\n\ngo 1.26.7\n\ntool y\n")).isEqualTo(NEEDED);
    }
}
