package dev.waterline.testbed.tools;

import dev.waterline.testbed.process.Deadline;
import dev.waterline.testbed.process.FileTree;
import dev.waterline.testbed.process.LogTail;
import dev.waterline.testbed.process.SupervisedProcess;
import dev.waterline.testbed.process.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Builds tools from the pinned modules on first use.
 *
 * <p>Each binary is built in a folder beside its final one and then moved, so that a file in the cache is always whole.
 * A module's folder carries a hash of all that its binaries depend on; what is there is never built again.
 *
 * @param home the root of the source tree
 * @param cache where the binaries are kept
 * @param path the value of PATH, in which to look for Go
 */
record ToolBuilder(Path home, Path cache, String path, Consumer<String> progress) implements Toolbox {
    private static final Duration BUILD_WITHIN = Duration.ofMinutes(60);
    private static final Duration REPORT_EVERY = Duration.ofSeconds(20);

    /** One binary to be there: in which folder of the cache, by which pins. */
    private record Job(Tool tool, ModulePin pin, String folder) {}

    @Override
    public Map<Tool, Path> provide(Set<Tool> tools) {
        if (tools.isEmpty()) {
            return Map.of();
        }
        var pins = tools.stream()
                .map(Tool::module)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), module -> ModulePin.read(sources(module))));
        var needed = pins.values().stream().map(ModulePin::needs).max(Comparator.naturalOrder());
        var go = GoToolchain.find(path, needed.orElseThrow());
        var jobs = tools.stream()
                .sorted()
                .map(tool -> {
                    var pin = Objects.requireNonNull(pins.get(tool.module()));
                    return new Job(tool, pin, pin.cacheFolder(tool.module(), go));
                })
                .toList();
        var absent =
                jobs.stream().filter(job -> !Files.isExecutable(target(job))).toList();
        if (!absent.isEmpty()) {
            progress.accept(
                    "Building %d of the testbed's tools with Go %s into %s; only now, later runs find them there."
                            .formatted(absent.size(), go.version(), cache));
        }
        int number = 0;
        for (var job : absent) {
            number++;
            build(
                    job,
                    go,
                    "[%d/%d] %s".formatted(number, absent.size(), job.tool().fileName()));
        }
        return jobs.stream().collect(Collectors.toMap(Job::tool, this::target));
    }

    @Override
    public List<Path> kwokStages() {
        return KwokStages.in(provide(Tool.KWOK).resolveSibling(KwokStages.FOLDER));
    }

    private Path sources(ToolModule module) {
        return ToolSources.in(home, module);
    }

    private Path target(Job job) {
        return cache.resolve(job.folder()).resolve(job.tool().fileName());
    }

    private void build(Job job, GoToolchain go, String label) {
        try {
            Files.createDirectories(cache.resolve(job.folder()));
            try (var _ = BuildLock.acquire(
                    cache.resolve(job.folder() + ".lock"),
                    Deadline.after(BUILD_WITHIN),
                    () -> progress.accept(label + ": another process builds it, waiting"))) {
                if (Files.isExecutable(target(job))) {
                    progress.accept(label + ": built by another process");
                    return;
                }
                sweep(job.folder());
                var workshop = Files.createTempDirectory(cache, "." + job.folder() + ".");
                try {
                    compile(job, workshop, go, label);
                    if (job.tool() == Tool.KWOK) {
                        placeStages(workshop, cache.resolve(job.folder()), go);
                    }
                    Files.move(workshop.resolve(job.tool().fileName()), target(job), StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    FileTree.delete(workshop);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot build " + job.tool().fileName() + " into " + cache, e);
        }
    }

    private void compile(Job job, Path workshop, GoToolchain go, String label) {
        var tool = job.tool();
        var command = new ArrayList<>(List.of(go.executable().toString(), "build"));
        command.addAll(tool.module().buildFlags(job.pin().goMod()));
        command.addAll(List.of("-o", workshop.resolve(tool.fileName()).toString(), tool.goPackage()));
        progress.accept(label + ": building");
        var log = workshop.resolve("build.log");
        var build = SupervisedProcess.start(new SupervisedProcess.Launch(
                "go build " + tool.goPackage(), command, GoToolchain.ENVIRONMENT, sources(tool.module()), log));
        var deadline = Deadline.after(BUILD_WITHIN);
        try {
            while (!build.waitFor(REPORT_EVERY)) {
                if (deadline.passed()) {
                    throw new TestbedException(
                            label + ": not built within " + BUILD_WITHIN.toMinutes() + " min. " + LogTail.of(log, 20));
                }
                progress.accept(label + ": still building, " + elapsed(deadline));
            }
        } finally {
            build.kill();
        }
        if (build.exitCode().orElse(-1) != 0) {
            throw new TestbedException("%s: go build failed (it needs the Go module proxy the first time). It said:\n%s"
                    .formatted(label, LogTail.of(log, 20)));
        }
        progress.accept(label + ": done in " + elapsed(deadline));
    }

    private void placeStages(Path workshop, Path folder, GoToolchain go) throws IOException {
        var made = workshop.resolve(KwokStages.FOLDER);
        KwokStages.copy(go.moduleDirectory(sources(ToolModule.KWOK), KwokStages.MODULE), made);
        var target = folder.resolve(KwokStages.FOLDER);
        FileTree.delete(target);
        Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What a killed build left behind. Only the holder of the lock may do so. */
    private void sweep(String name) throws IOException {
        try (var leftovers = Files.newDirectoryStream(cache, "." + name + ".*")) {
            leftovers.forEach(FileTree::delete);
        }
    }

    private static String elapsed(Deadline deadline) {
        return BUILD_WITHIN.minus(deadline.left()).toSeconds() + " s";
    }
}
