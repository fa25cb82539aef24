package dev.waterline.testbed;

import dev.waterline.testbed.process.FreePorts;
import dev.waterline.testbed.tools.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How kube-controller-manager and kube-scheduler are started. */
final class ControlLoops {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private ControlLoops() {}

    /** Ready once it has made the service account that every pod of the namespace default needs. */
    static Component controllerManager(RunContext run, ApiServer api, ClusterFiles files) {
        int port = FreePorts.next();
        var name = "kube-controller-manager";
        var arguments = new ArrayList<>(common(run, api, name, User.CONTROLLER_MANAGER, port));
        arguments.addAll(List.of(
                "--service-account-private-key-file="
                        + files.serviceAccountKeys().key(),
                "--root-ca-file=" + run.authority().file(),
                // As in real clusters: each controller under its own account and role.
                "--use-service-account-credentials=true"));
        var healthy = run.probe().ok(RunContext.loopback("https", port, "/healthz"));
        var account = run.probe()
                .ok(
                        api.uri().resolve("/api/v1/namespaces/default/serviceaccounts/default"),
                        run.identity(User.ADMIN).token(),
                        body -> true);
        return new Component(
                run.launch(Tool.KUBE_CONTROLLER_MANAGER, name, arguments),
                () -> healthy.getAsBoolean() && account.getAsBoolean(),
                READY_WITHIN);
    }

    static Component scheduler(RunContext run, ApiServer api) {
        int port = FreePorts.next();
        var name = "kube-scheduler";
        return new Component(
                run.launch(Tool.KUBE_SCHEDULER, name, common(run, api, name, User.SCHEDULER, port)),
                run.probe().ok(RunContext.loopback("https", port, "/readyz")),
                READY_WITHIN);
    }

    private static List<String> common(RunContext run, ApiServer api, String name, String user, int port) {
        var kubeconfig = run.kubeconfig(user, api);
        var serving = run.authority().issue(name);
        int qps = run.options().clientQps();
        return List.of(
                "--kubeconfig=" + kubeconfig,
                "--authentication-kubeconfig=" + kubeconfig,
                "--authorization-kubeconfig=" + kubeconfig,
                "--leader-elect=false",
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--tls-cert-file=" + serving.certificate(),
                "--tls-private-key-file=" + serving.key(),
                "--kube-api-qps=" + qps,
                "--kube-api-burst=" + 2 * qps);
    }
}
