package dev.waterline.testbed;

import dev.waterline.testbed.process.FreePorts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One kube-apiserver. */
public final class ApiServer extends Component {
    private final URI uri;
    private final Path auditLog;

    private ApiServer(RunContext run, ClusterFiles files, EtcdServer etcd, String name, int port) {
        super(
                run.launch(run.options().apiServer(), name, arguments(run, files, etcd, name, port)),
                run.probe()
                        .ok(
                                RunContext.loopback("https", port, "/readyz"),
                                run.identity(User.ADMIN).token(),
                                body -> true),
                Duration.ofSeconds(60));
        this.uri = RunContext.loopback("https", port, "");
        this.auditLog = auditLog(run, name);
    }

    static ApiServer onFreshPort(RunContext run, ClusterFiles files, EtcdServer etcd, int index) {
        return new ApiServer(run, files, etcd, "kube-apiserver-" + index, FreePorts.next());
    }

    public URI uri() {
        return uri;
    }

    Path auditLog() {
        return auditLog;
    }

    private static Path auditLog(RunContext run, String name) {
        return run.workspace().logs().resolve(name + "-audit.jsonl");
    }

    private static List<String> arguments(RunContext run, ClusterFiles files, EtcdServer etcd, String name, int port) {
        var serving = run.authority().issue(name);
        var arguments = new ArrayList<>(List.of(
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--tls-cert-file=" + serving.certificate(),
                "--tls-private-key-file=" + serving.key(),
                "--etcd-servers=" + etcd.uri(),
                "--etcd-cafile=" + run.authority().file(),
                "--etcd-certfile=" + serving.certificate(),
                "--etcd-keyfile=" + serving.key(),
                "--authorization-mode=RBAC",
                "--token-auth-file=" + files.tokens(),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + files.serviceAccountKeys().certificate(),
                "--service-account-signing-key-file="
                        + files.serviceAccountKeys().key(),
                "--service-cluster-ip-range=10.96.0.0/16",
                // The Endpoints of the Service kubernetes may not be loopback addresses, and nobody here uses it.
                "--endpoint-reconciler-type=none",
                // The demo and the load tests of several clients must measure Waterline, not the server's fairness.
                "--max-requests-inflight=3000",
                "--max-mutating-requests-inflight=1000"));
        if (run.options().audit()) {
            arguments.addAll(List.of(
                    "--audit-policy-file=" + files.auditPolicy(),
                    "--audit-log-path=" + auditLog(run, name),
                    "--audit-log-maxsize=0"));
        }
        arguments.addAll(run.options().apiServerArguments());
        return arguments;
    }
}
