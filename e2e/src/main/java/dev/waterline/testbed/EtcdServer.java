package dev.waterline.testbed;

import dev.waterline.testbed.process.FreePorts;
import dev.waterline.testbed.tools.Tool;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** etcd, which lets nobody in but holders of this run's certificates. */
public final class EtcdServer extends Component {
    private final int port;

    private EtcdServer(RunContext run, int port, int peerPort) {
        super(
                run.launch(Tool.ETCD, "etcd", arguments(run, port, peerPort)),
                run.probe().ok(RunContext.loopback("https", port, "/health"), null, body -> body.contains("true")),
                Duration.ofSeconds(60));
        this.port = port;
    }

    static EtcdServer onFreshPorts(RunContext run) {
        return new EtcdServer(run, FreePorts.next(), FreePorts.next());
    }

    public int port() {
        return port;
    }

    URI uri() {
        return RunContext.loopback("https", port, "");
    }

    private static List<String> arguments(RunContext run, int port, int peerPort) {
        var client = RunContext.loopback("https", port, "").toString();
        var peer = RunContext.loopback("https", peerPort, "").toString();
        var ca = run.authority().file().toString();
        var files = run.authority().issue("etcd");
        var certificate = files.certificate().toString();
        var key = files.key().toString();
        return List.of(
                "--name=testbed",
                "--data-dir=" + run.workspace().folder("etcd"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=testbed=" + peer,
                "--client-cert-auth",
                "--trusted-ca-file=" + ca,
                "--cert-file=" + certificate,
                "--key-file=" + key,
                "--peer-client-cert-auth",
                "--peer-trusted-ca-file=" + ca,
                "--peer-cert-file=" + certificate,
                "--peer-key-file=" + key,
                // Losing the data of a throw-away cluster with the machine is fine; waiting for its disk is not.
                "--unsafe-no-fsync",
                // A single member need not wait long for votes of others.
                "--heartbeat-interval=20",
                "--election-timeout=200",
                "--log-level=warn");
    }
}
