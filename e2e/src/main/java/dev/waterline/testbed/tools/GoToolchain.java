package dev.waterline.testbed.tools;

import dev.waterline.testbed.process.TestbedException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The Go that is installed here.
 *
 * @param platform operating system and architecture as Go calls them, e.g. {@code linux/amd64}
 */
record GoToolchain(Path executable, GoVersion version, String platform) {
    private static final String REMEDY =
            "install it from https://go.dev/dl/, or name a folder of ready-made binaries in " + NamedBinaries.VARIABLE;

    /** No other toolchain is fetched behind the user's back, and no setting of the user's changes what is built. */
    static final Map<String, String> ENVIRONMENT =
            Map.of("GOTOOLCHAIN", "local", "GOFLAGS", "-mod=readonly", "GOWORK", "off");

    /**
     * @param path the folders to look in, as in the environment variable PATH
     * @throws TestbedException with one sentence if there is no Go or it is older than needed
     */
    static GoToolchain find(String path, GoVersion needed) {
        var go = Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path)
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder).resolve("go"))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .orElseThrow(() -> new TestbedException(
                        "The testbed builds its control plane with Go %s or newer and there is no go on the PATH: %s."
                                .formatted(needed, REMEDY)));
        var answer = run(go, Path.of(""), List.of("env", "GOVERSION", "GOOS", "GOARCH"))
                .lines()
                .toList();
        var version = GoVersion.parse(answer.getFirst());
        if (version.compareTo(needed) < 0) {
            throw new TestbedException("The testbed builds its control plane with Go %s or newer and %s is Go %s: %s."
                    .formatted(needed, go, version, REMEDY));
        }
        return new GoToolchain(go, version, answer.get(1) + "/" + answer.get(2));
    }

    /** Where the source of a required module lies; downloads it if need be. */
    Path moduleDirectory(Path goModDirectory, String module) {
        run(executable, goModDirectory, List.of("mod", "download", module));
        return Path.of(run(executable, goModDirectory, List.of("list", "-m", "-f", "{{.Dir}}", module))
                .strip());
    }

    private static String run(Path go, Path directory, List<String> arguments) {
        var command = new java.util.ArrayList<>(List.of(go.toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .directory(directory.toAbsolutePath().toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(ENVIRONMENT);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new TestbedException(String.join(" ", command) + " failed: " + output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + go, e);
        } catch (InterruptedException e) {
            throw TestbedException.interrupted("running " + go, e);
        }
    }
}
