package dev.waterline.testbed.tools;

import dev.waterline.testbed.process.TestbedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gives paths of binaries, which takes a quarter of an hour the first time and nothing later. */
public sealed interface Toolbox permits NamedBinaries, ToolBuilder {

    /**
     * Finds or builds the tools.
     *
     * @return an executable for every tool asked for
     * @throws TestbedException if one is missing or cannot be built
     */
    Map<Tool, Path> provide(Set<Tool> tools);

    /** As {@link #provide(Set)}, for one. */
    default Path provide(Tool tool) {
        return Objects.requireNonNull(provide(Set.of(tool)).get(tool));
    }

    /** kwok's own Stage files, which its binary does not contain. */
    List<Path> kwokStages();

    /**
     * The toolbox that the environment asks for: {@code WATERLINE_TESTBED_BIN} names a folder of binaries, else they are
     * built into {@code WATERLINE_TESTBED_CACHE} or the user's cache folder.
     *
     * @param progress told a line now and then while something is built
     */
    static Toolbox standard(Consumer<String> progress) {
        return from(System.getenv(), progress);
    }

    static Toolbox from(Map<String, String> environment, Consumer<String> progress) {
        var path = environment.getOrDefault("PATH", "");
        var named = nonBlank(environment.get(NamedBinaries.VARIABLE));
        if (named != null) {
            return new NamedBinaries(Path.of(named).toAbsolutePath(), path);
        }
        return new ToolBuilder(ToolSources.home(), cache(environment), path, progress);
    }

    private static Path cache(Map<String, String> environment) {
        var own = nonBlank(environment.get("WATERLINE_TESTBED_CACHE"));
        if (own != null) {
            return Path.of(own).toAbsolutePath();
        }
        var xdg = nonBlank(environment.get("XDG_CACHE_HOME"));
        var base = xdg == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.toAbsolutePath().resolve("waterline").resolve("testbed");
    }

    private static @Nullable String nonBlank(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
