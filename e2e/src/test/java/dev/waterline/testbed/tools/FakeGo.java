package dev.waterline.testbed.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A source tree with tiny tool modules and a go command that notes what it is asked for. */
final class FakeGo {
    private final Path root;
    private final Path calls;

    private FakeGo(Path root) {
        this.root = root;
        this.calls = root.resolve("calls");
    }

    /** @param build what {@code go build -o "$out"} does, in shell */
    static FakeGo in(Path root, String version, String build) throws IOException {
        var fake = new FakeGo(root);
        Files.createFile(fake.calls);
        for (var module : ToolModule.values()) {
            var folder = Files.createDirectories(fake.home().resolve("e2e/tools/" + module.directory()));
            Files.writeString(folder.resolve("go.mod"), """
                    module example.invalid/tools

                    go 1.26.0

                    require k8s.io/kubernetes v1.37.2
                    """);
            Files.writeString(folder.resolve("go.sum"), "");
        }
        var stages = fake.root.resolve("kwok-module/kustomize/stage");
        for (var file : List.of(
                "node/fast/node-initialize.yaml",
                "node/heartbeat-with-lease/node-heartbeat-with-lease.yaml",
                "pod/fast/pod-ready.yaml",
                "pod/fast/pod-complete.yaml",
                "pod/fast/pod-delete.yaml")) {
            Files.createDirectories(stages.resolve(file).getParent());
            Files.writeString(stages.resolve(file), "kind: Stage\n");
        }
        var go = Files.createDirectories(root.resolve("bin")).resolve("go");
        Files.writeString(go, """
                #!/bin/sh
                case "$1" in
                  env) printf '%s\\nlinux\\namd64\\n' ;;
                  mod) ;;
                  list) echo '%s' ;;
                  build)
                    echo "$*" >> '%s'
                    while [ "$1" != -o ]; do shift; done
                    out=$2
                    %s
                    ;;
                esac
                """.formatted(version, root.resolve("kwok-module"), fake.calls, build));
        if (!go.toFile().setExecutable(true)) {
            throw new IOException("Cannot make " + go + " executable");
        }
        return fake;
    }

    static final String BUILDS = "printf '#!/bin/sh\\n' > \"$out\"; chmod +x \"$out\"";

    Path home() {
        return root.resolve("home");
    }

    Path cache() {
        return root.resolve("cache");
    }

    String path() {
        return root.resolve("bin") + ":/usr/bin:/bin";
    }

    List<String> builds() throws IOException {
        return Files.readAllLines(calls);
    }
}
