package dev.waterline.testbed.tools;

import dev.waterline.testbed.process.TestbedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds {@code e2e/tools}, from a test (whose working directory is e2e) as well as from a start script. */
public final class ToolSources {
    private static final Path TOOLS = Path.of("e2e", "tools");

    private ToolSources() {}

    /**
     * The root of the source tree.
     *
     * @throws TestbedException if it is neither named by the system property {@code waterline.home} or the environment
     *     variable {@code WATERLINE_HOME} nor around the working directory
     */
    public static Path home() {
        var named = System.getProperty("waterline.home");
        return home(named == null ? System.getenv("WATERLINE_HOME") : named, Path.of(""));
    }

    static Path home(@Nullable String named, Path workingDirectory) {
        if (named != null) {
            var home = Path.of(named).toAbsolutePath().normalize();
            if (!Files.isDirectory(home.resolve(TOOLS))) {
                throw new TestbedException(
                        "waterline.home is %s, which has no folder e2e/tools: name the root of Waterline's source tree."
                                .formatted(home));
            }
            return home;
        }
        var start = workingDirectory.toAbsolutePath().normalize();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(TOOLS))) {
                return folder;
            }
        }
        throw new TestbedException(
                "No folder e2e/tools in %s or above: run from Waterline's source tree or set WATERLINE_HOME to its root."
                        .formatted(start));
    }

    static Path in(Path home, ToolModule module) {
        return home.resolve(TOOLS).resolve(module.directory());
    }
}
