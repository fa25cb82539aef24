package dev.waterline.testbed.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waterline.testbed.process.TestbedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ToolboxTest {
    @Test
    void aNamedFolderIsTakenAndWhatItLacksIsNamed(@TempDir Path folder) throws IOException {
        var etcd = Files.createFile(folder.resolve("etcd"));
        assertThat(etcd.toFile().setExecutable(true)).isTrue();
        var toolbox = Toolbox.from(Map.of("WATERLINE_TESTBED_BIN", folder.toString()), progress -> {});

        assertThat(toolbox.provide(Set.of(Tool.ETCD))).isEqualTo(Map.of(Tool.ETCD, etcd));
        assertThatThrownBy(() -> toolbox.provide(Set.of(Tool.ETCD, Tool.KWOK, Tool.HELM)))
                .isInstanceOf(TestbedException.class)
                .hasMessage("WATERLINE_TESTBED_BIN names " + folder
                        + ", which lacks helm, kwok: add them there, or unset it to have them built.");
    }

    @Test
    void theCacheLiesWhereTheEnvironmentSays() {
        assertThat(cache(Map.of("WATERLINE_TESTBED_CACHE", "/own", "XDG_CACHE_HOME", "/xdg")))
                .isEqualTo(Path.of("/own"));
        assertThat(cache(Map.of("XDG_CACHE_HOME", "/xdg"))).isEqualTo(Path.of("/xdg/waterline/testbed"));
        assertThat(cache(Map.of("WATERLINE_TESTBED_CACHE", "")))
                .isEqualTo(Path.of(System.getProperty("user.home"), ".cache/waterline/testbed"));
    }

    @Test
    void theSourcesAreFoundFromBelowTheRootAndWhereTheyAreNamed(@TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve("e2e/tools"));
        var below = Files.createDirectories(root.resolve("e2e/src/test"));
        assertThat(ToolSources.home(null, below)).isEqualTo(root);
        assertThat(ToolSources.home(root.toString(), Path.of("/"))).isEqualTo(root);
        assertThatThrownBy(() -> ToolSources.home(below.toString(), root))
                .hasMessageContaining("waterline.home is " + below)
                .hasMessageContaining("name the root of Waterline's source tree");
        assertThatThrownBy(() -> ToolSources.home(null, Path.of("/"))).hasMessageContaining("set WATERLINE_HOME");
    }

    private static Path cache(Map<String, String> environment) {
        return ((ToolBuilder) Toolbox.from(environment, progress -> {})).cache();
    }
}
