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
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

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

    @Override
    public Map<Tool, Path> provide(Set<Tool> tools) {
        var pins = new EnumMap<ToolModule, ModulePin>(ToolModule.class);
        tools.forEach(tool -> pins.computeIfAbsent(tool.module(), module -> ModulePin.read(sources(module))));
        if (pins.isEmpty()) {
            return Map.of();
        }
        var needed = pins.values().stream().map(ModulePin::needs).max(Comparator.naturalOrder());
        var go = GoToolchain.find(path, needed.orElseThrow());

        var binaries = new EnumMap<Tool, Path>(Tool.class);
        tools.forEach(tool -> {
            var pin = pins.get(tool.module());
            if (pin != null) {
                binaries.put(tool, folder(tool.module(), pin, go).resolve(tool.fileName()));
            }
        });
        var absent = EnumSet.noneOf(Tool.class);
        binaries.forEach((tool, file) -> {
            if (!Files.isExecutable(file)) {
                absent.add(tool);
            }
        });
        if (!absent.isEmpty()) {
            progress.accept(
                    "Building %d of the testbed's tools with Go %s into %s; once only, later runs take them from there."
                            .formatted(absent.size(), go.version(), cache));
        }
        int number = 0;
        for (var tool : absent) {
            number++;
            var target = binaries.get(tool);
            var pin = pins.get(tool.module());
            if (target != null && pin != null) {
                build(tool, target, pin, go, "[%d/%d] %s".formatted(number, absent.size(), tool.fileName()));
            }
        }
        return binaries;
    }

    @Override
    public List<Path> kwokStages() {
        var kwok = provide(Set.of(Tool.KWOK)).get(Tool.KWOK);
        if (kwok == null) {
            throw new IllegalStateException("kwok was asked for and not provided");
        }
        return KwokStages.in(kwok.resolveSibling(KwokStages.FOLDER));
    }

    private Path sources(ToolModule module) {
        return ToolSources.in(home, module);
    }

    private Path folder(ToolModule module, ModulePin pin, GoToolchain go) {
        return cache.resolve(pin.cacheFolder(module, go));
    }

    private void build(Tool tool, Path target, ModulePin pin, GoToolchain go, String label) {
        var folder = target.getParent();
        var name = folder.getFileName().toString();
        try {
            Files.createDirectories(folder);
            try (var lock = BuildLock.acquire(
                    cache.resolve(name + ".lock"),
                    Deadline.after(BUILD_WITHIN),
                    () -> progress.accept(label + ": another process builds it, waiting"))) {
                if (Files.isExecutable(target)) {
                    progress.accept(label + ": built by another process");
                    return;
                }
                sweep(name);
                var workshop = Files.createTempDirectory(cache, "." + name + ".");
                try {
                    build(tool, workshop, pin, go, label);
                    if (tool == Tool.KWOK) {
                        placeStages(workshop, folder, go);
                    }
                    Files.move(workshop.resolve(tool.fileName()), target, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    FileTree.delete(workshop);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot build " + tool.fileName() + " into " + cache, e);
        }
    }

    private void build(Tool tool, Path workshop, ModulePin pin, GoToolchain go, String label) {
        var command = new ArrayList<>(List.of(go.executable().toString(), "build"));
        command.addAll(tool.module().buildFlags(pin.goMod()));
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
