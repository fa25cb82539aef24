package dev.waterline.testbed;

import dev.waterline.testbed.process.FreePorts;
import dev.waterline.testbed.tools.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How kwok is started, which plays the kubelets of fake nodes: pods run at once, nodes renew their leases. */
final class Kwok {
    private Kwok() {}

    static Component onFreshPort(RunContext run, ApiServer api, List<Path> stages) {
        int port = FreePorts.next();
        var serving = run.authority().issue("kwok");
        var arguments = new ArrayList<>(List.of(
                "--kubeconfig=" + run.kubeconfig(User.KWOK, api),
                "--manage-all-nodes=true",
                "--node-lease-duration-seconds=40",
                "--cidr=10.128.0.0/9",
                "--server-address=127.0.0.1:" + port,
                "--tls-cert-file=" + serving.certificate(),
                "--tls-private-key-file=" + serving.key()));
        stages.forEach(stage -> arguments.add("--config=" + stage));
        return new Component(
                run.launch(Tool.KWOK, "kwok", arguments),
                run.probe().ok(RunContext.loopback("https", port, "/healthz")),
                Duration.ofSeconds(60));
    }
}
