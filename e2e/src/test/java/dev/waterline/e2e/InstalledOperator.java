package dev.waterline.e2e;

import dev.waterline.testbed.OperatorInstallation;
import dev.waterline.testbed.OperatorLaunch;
import dev.waterline.testbed.OperatorProcess;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.User;
import dev.waterline.testbed.process.FreePorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one operator of a testbed that several test classes share, installed and started by whichever comes first.
 *
 * @param process the operator
 * @param gatePort loopback port of a metric server that resources may name; nobody listens there until a test does
 */
record InstalledOperator(OperatorProcess process, int gatePort) {
    static final String GROUP = "scaling";
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Map<Testbed, InstalledOperator> STARTED = new ConcurrentHashMap<>();

    static InstalledOperator in(Testbed testbed) {
        return STARTED.computeIfAbsent(testbed, InstalledOperator::start);
    }

    String gate() {
        return "http://127.0.0.1:" + gatePort;
    }

    private static InstalledOperator start(Testbed testbed) {
        var installation = new OperatorInstallation(testbed.client(), testbed::tool);
        installation.install();
        int gatePort = FreePorts.next();
        var launch = installation.launch(
                testbed.kubeconfig(User.OPERATOR), testbed.prometheus().uri());
        var arguments = new ArrayList<>(launch.arguments());
        arguments.add("--allowed-metric-servers=http://127.0.0.1:" + gatePort);
        if (testbed.apiServers().size() > 1) {
            testbed.apiServers().forEach(server -> arguments.add("--api-server-endpoints=" + server.uri()));
        }
        var process = testbed.startOperator(new OperatorLaunch(
                launch.name(),
                launch.classPath(),
                launch.mainClass(),
                arguments,
                launch.environment(),
                launch.jvmArguments(),
                launch.healthPort(),
                READY_WITHIN));
        return new InstalledOperator(process, gatePort);
    }
}
