package dev.waterline.app;

import dev.waterline.cluster.CleanUp;
import dev.waterline.cluster.OperatorDeployment;
import dev.waterline.cluster.ThrottleRestoration;
import dev.waterline.leadership.LeaseWatch;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what the operator has made out of a cluster, with the operator stopped or dead. */
final class CleanUpCommand {
    private static final Logger log = LoggerFactory.getLogger(CleanUpCommand.class);
    private static final Duration STOPPED_WITHIN = Duration.ofMinutes(2);
    private static final Duration STANDSTILL_WITHIN = Duration.ofMinutes(1);

    private final KubernetesClients clients;
    private final String namespace;
    private final CleanUp cleanUp;
    private final ThrottleRestoration limits;
    private final LeaseWatch lease;

    CleanUpCommand(
            KubernetesClients clients, String namespace, String taintKey, InstantSource clock, LongSupplier nanoTime) {
        this.clients = clients;
        this.namespace = namespace;
        this.cleanUp = new CleanUp(clients.main(), taintKey);
        this.limits = new ThrottleRestoration(clients.main(), taintKey, clock);
        this.lease = new LeaseWatch(clients.main(), namespace, nanoTime);
    }

    /** Stops the operator and leaves nothing of it behind. */
    ExitCode uninstall() {
        return explained(() -> {
            new OperatorDeployment(clients.main(), namespace).stop();
            if (!lease.awaitStandstill(STOPPED_WITHIN)) {
                log.error(
                        "An operator still leads by the Lease in namespace {} and would undo this: stop it, then try"
                                + " again",
                        namespace);
                return ExitCode.CANNOT_START;
            }
            var left = undone();
            cleanUp.removePolicies();
            cleanUp.releaseWaterlines();
            return told(left);
        });
    }

    /** Thaws if the operator's last sign of life is older than this, and it gives none while we look. */
    ExitCode thawIfSilentSince(Instant since) {
        return explained(() -> {
            if (lease.lastSignOfLife().filter(sign -> sign.isAfter(since)).isPresent()
                    || !lease.awaitStandstill(STANDSTILL_WITHIN)) {
                log.info("The operator lives; nothing to do");
                return ExitCode.STOPPED;
            }
            log.warn("No operator has led since {}; thawing every node", since);
            return told(undone());
        });
    }

    /** @return what could not be undone: names of nodes, namespaces and names of pods */
    private List<String> undone() {
        var left = new ArrayList<>(cleanUp.thaw());
        left.addAll(limits.restoreAll());
        return left;
    }

    private ExitCode explained(Supplier<ExitCode> command) {
        try {
            return command.get();
        } catch (KubernetesClientException e) {
            log.error(ApiServerProblem.sentence(clients.address(), e));
            return ExitCode.CANNOT_START;
        }
    }

    private static ExitCode told(List<String> left) {
        if (left.isEmpty()) {
            log.info("No node and no pod carries anything of Waterline's");
            return ExitCode.STOPPED;
        }
        log.error("Still frozen or throttled, because they could not be written: {}; try again", left);
        return ExitCode.CANNOT_START;
    }
}
