package dev.waterline.demo;

import dev.waterline.testbed.process.FreePorts;
import dev.waterline.testbed.process.SupervisedProcess;
import dev.waterline.testbed.process.TestbedException;
import dev.waterline.testbed.tools.Tool;
import dev.waterline.testbed.tools.Toolbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** kwok on this machine, playing the kubelets of the fake nodes, and of no others, in a cluster elsewhere. */
final class LocalKwok implements AutoCloseable {
    private final SupervisedProcess process;

    private LocalKwok(SupervisedProcess process) {
        this.process = process;
    }

    static LocalKwok start(Toolbox toolbox, Path kubeconfig, Path logs) {
        var kwok = Objects.requireNonNull(toolbox.provide(Set.of(Tool.KWOK)).get(Tool.KWOK));
        var command = new ArrayList<>(List.of(
                kwok.toString(),
                "--kubeconfig=" + kubeconfig,
                "--manage-all-nodes=false",
                "--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake",
                "--node-lease-duration-seconds=40",
                "--cidr=10.128.0.0/9",
                "--server-address=127.0.0.1:" + FreePorts.next()));
        toolbox.kwokStages().forEach(stage -> command.add("--config=" + stage));
        return new LocalKwok(SupervisedProcess.start(
                new SupervisedProcess.Launch("kwok", command, Map.of(), logs, logs.resolve("kwok.log"))));
    }

    /** @throws TestbedException if it has ended */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new TestbedException("kwok ended at once; its log is " + process.log());
        }
    }

    @Override
    public void close() {
        process.kill();
    }
}
