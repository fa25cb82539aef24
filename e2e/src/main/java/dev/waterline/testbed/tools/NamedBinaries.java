package dev.waterline.testbed.tools;

import dev.waterline.testbed.process.TestbedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A folder of binaries that somebody else made.
 *
 * @param path the value of PATH, in which to look for Go if the folder has no {@code kwok-stages}
 */
record NamedBinaries(Path folder, String path) implements Toolbox {
    static final String VARIABLE = "WATERLINE_TESTBED_BIN";

    @Override
    public Map<Tool, Path> provide(Set<Tool> tools) {
        var missing = tools.stream()
                .filter(tool -> !Files.isExecutable(file(tool)))
                .map(Tool::fileName)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new TestbedException("%s names %s, which lacks %s: add them there, or unset it to have them built."
                    .formatted(VARIABLE, folder, missing));
        }
        var paths = new EnumMap<Tool, Path>(Tool.class);
        tools.forEach(tool -> paths.put(tool, file(tool)));
        return paths;
    }

    @Override
    public List<Path> kwokStages() {
        var stages = folder.resolve(KwokStages.FOLDER);
        if (Files.isDirectory(stages)) {
            return KwokStages.in(stages);
        }
        var module = ToolSources.in(ToolSources.home(), ToolModule.KWOK);
        var go = GoToolchain.find(path, ModulePin.read(module).needs());
        return KwokStages.inModule(go.moduleDirectory(module, KwokStages.MODULE));
    }

    private Path file(Tool tool) {
        return folder.resolve(tool.fileName());
    }
}
