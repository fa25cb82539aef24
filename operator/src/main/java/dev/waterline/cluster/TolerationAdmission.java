package dev.waterline.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses how new pods get their tolerations by what the API server serves: the policy where it can (Kubernetes 1.36 and
 * newer), else the webhook. It looks each time, for clusters are upgraded under a running operator.
 *
 * <p>While API servers of two versions answer in turn, a policy in the store does nothing at the old one. So the webhook that an
 * older cluster left is kept up until the policy has been served at {@value #LOOKS_BEFORE_SWITCH} looks in a row.
 */
final class TolerationAdmission {
    static final int LOOKS_BEFORE_SWITCH = 4;

    private static final String API = "admissionregistration.k8s.io/v1";
    private static final String POLICIES = "mutatingadmissionpolicies";
    private static final Logger log = LoggerFactory.getLogger(TolerationAdmission.class);

    private final KubernetesClient client;
    private final TolerationPolicy policy;
    private final TolerationWebhook webhook;
    private volatile TolerationMechanism inUse;
    private int looksWithPolicy;

    TolerationAdmission(KubernetesClient client, TolerationPolicy policy, TolerationWebhook webhook) {
        this.client = client;
        this.policy = policy;
        this.webhook = webhook;
        this.inUse = policy;
    }

    /**
     * Makes new pods tolerate exactly these floors.
     *
     * @return whether what was shown to work before may not work any more, because something else does the work now
     */
    boolean ensure(SortedSet<Integer> floors) {
        var before = inUse;
        if (!isPolicyServed()) {
            looksWithPolicy = 0;
            inUse = webhook;
            webhook.ensure(floors);
            return before != webhook;
        }
        looksWithPolicy = Math.min(looksWithPolicy + 1, LOOKS_BEFORE_SWITCH);
        inUse = policy;
        policy.ensure(floors);
        boolean left = leaveWebhook(floors);
        return left || before != policy;
    }

    /** Kind and name of what does the work, for messages. */
    String description() {
        return inUse.description();
    }

    private boolean leaveWebhook(SortedSet<Integer> floors) {
        if (!webhook.isPresent()) {
            return false;
        }
        boolean leave = looksWithPolicy == LOOKS_BEFORE_SWITCH;
        webhook.ensure(leave ? new TreeSet<>() : floors);
        if (leave) {
            log.info("The API server serves {}; the webhook {} is gone", POLICIES, TolerationWebhook.NAME);
        }
        return leave;
    }

    private boolean isPolicyServed() {
        var served = client.getApiResources(API);
        return served != null
                && served.getResources().stream().anyMatch(resource -> POLICIES.equals(resource.getName()));
    }
}
