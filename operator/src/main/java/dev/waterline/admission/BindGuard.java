package dev.waterline.admission;

import dev.waterline.admission.BindVerdict.AllowReason;
import dev.waterline.admission.BindVerdict.Allowed;
import dev.waterline.admission.BindVerdict.Denied;
import dev.waterline.admission.BindVerdict.DenyReason;
import dev.waterline.cluster.ProbeName;
import java.util.Optional;

/**
 * Judges Bindings to nodes that have a floor. It keeps no state: the floor comes with the question, so any replica
 * answers the same.
 */
final class BindGuard {
    private static final String PROBE_MESSAGE = "probe";

    private final String ownNamespace;
    private final PodLookup pods;

    BindGuard(String ownNamespace, PodLookup pods) {
        this.ownNamespace = ownNamespace;
        this.pods = pods;
    }

    BindVerdict judge(BindRequest request, int floor) {
        if (request.dryRun() && ProbeName.isProbe(request.node())) {
            return new Denied(DenyReason.PROBE, PROBE_MESSAGE);
        }
        if (request.namespace().equals(ownNamespace)) {
            return new Allowed(AllowReason.OWN_NAMESPACE);
        }
        try {
            Optional<PodFacts> cached = pods.cached(request.namespace(), request.pod(), request.podUid());
            if (cached.isPresent()) {
                BindVerdict verdict = judge(request, floor, cached.get());
                if (verdict instanceof Allowed || !cached.get().traits().contains(new PodTrait.UnresolvedClaims())) {
                    return verdict;
                }
            }
            return pods.live(request.namespace(), request.pod())
                    .map(facts -> judge(request, floor, facts))
                    .orElseGet(() -> new Allowed(AllowReason.NO_SUCH_POD));
        } catch (PodLookupException e) {
            // The guard is asked about frozen nodes only. To let an unknown pod through would break the promise that
            // none of a
            // lower tier binds there; to refuse it costs one try.
            return pods.cached(request.namespace(), request.pod(), request.podUid())
                    .map(facts -> judge(request, floor, facts))
                    .orElseGet(() -> new Denied(
                            DenyReason.UNKNOWN,
                            "node %s is frozen and pod %s/%s could not be looked up in time; it is tried again"
                                    .formatted(request.node(), request.namespace(), request.pod())));
        }
    }

    private static BindVerdict judge(BindRequest request, int floor, PodFacts pod) {
        if (pod.priority() >= floor) {
            return new Allowed(AllowReason.PRIORITY);
        }
        for (PodTrait trait : pod.traits()) {
            switch (trait) {
                case PodTrait.DaemonSetPod() -> {
                    return new Allowed(AllowReason.DAEMON_SET);
                }
                case PodTrait.MirrorPod() -> {
                    return new Allowed(AllowReason.MIRROR);
                }
                case PodTrait.PinnedToNode(String node)
                when node.equals(request.node()) -> {
                    return new Allowed(AllowReason.PINNED_VOLUME);
                }
                case PodTrait.PinnedToNode _, PodTrait.UnresolvedClaims _ -> {}
            }
        }
        return new Denied(
                DenyReason.FLOOR,
                "pod %s/%s has priority %d, and node %s is frozen for priorities below %d because it is too hot; it will be scheduled elsewhere or once the node has thawed (why: kubectl describe node %s, annotation waterline.dev/freeze)"
                        .formatted(
                                request.namespace(),
                                request.pod(),
                                pod.priority(),
                                request.node(),
                                floor,
                                request.node()));
    }
}
