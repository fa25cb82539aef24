package dev.waterline.testbed.tools;

import dev.waterline.testbed.process.TestbedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Stage files that kwok's module ships beside the program, flattened into one folder. */
final class KwokStages {
    static final String MODULE = "sigs.k8s.io/kwok";
    static final String FOLDER = "kwok-stages";
    private static final List<String> FILES = List.of(
            "node/fast/node-initialize.yaml",
            "node/heartbeat-with-lease/node-heartbeat-with-lease.yaml",
            "pod/fast/pod-ready.yaml",
            "pod/fast/pod-complete.yaml",
            "pod/fast/pod-delete.yaml");

    private KwokStages() {}

    static List<Path> in(Path folder) {
        return resolve(folder, FILES.stream().map(KwokStages::fileName).toList());
    }

    static List<Path> inModule(Path module) {
        return resolve(module.resolve("kustomize").resolve("stage"), FILES);
    }

    static void copy(Path module, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var source : inModule(module)) {
            Files.write(folder.resolve(fileName(source.toString())), Files.readAllBytes(source));
        }
    }

    private static List<Path> resolve(Path folder, List<String> names) {
        var files = new ArrayList<Path>();
        for (var name : names) {
            var file = folder.resolve(name);
            if (!Files.isRegularFile(file)) {
                throw new TestbedException("kwok's stage file " + file + " is missing.");
            }
            files.add(file);
        }
        return files;
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
