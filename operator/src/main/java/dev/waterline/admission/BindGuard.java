package dev.waterline.admission;

import dev.waterline.admission.BindVerdict.AllowReason;
import dev.waterline.admission.BindVerdict.Allowed;
import dev.waterline.admission.BindVerdict.Denied;
import dev.waterline.admission.BindVerdict.DenyReason;
import dev.waterline.cluster.ProbeName;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Judges who may land on nodes that have a floor, by a Binding or by being created there. It keeps no state: the floor comes with the question, so any replica
 * answers the same.
 */
final class BindGuard {
    private static final String PROBE_MESSAGE = "probe";

    private final String ownNamespace;
    private final PodLookup pods;
    private final FreezeReasons reasons;

    BindGuard(String ownNamespace, PodLookup pods, FreezeReasons reasons) {
        this.ownNamespace = ownNamespace;
        this.pods = pods;
        this.reasons = reasons;
    }

    /**
     * Judges, and answers in time: where something cannot be found out, the pod stays away from the frozen node.
     *
     * @param within how long it may ask the API server
     */
    BindVerdict judge(BindRequest request, int floor, Duration within) {
        if (request.dryRun() && ProbeName.isProbe(request.node())) {
            return new Denied(DenyReason.PROBE, PROBE_MESSAGE);
        }
        if (request.namespace().equals(ownNamespace)) {
            return new Allowed(AllowReason.OWN_NAMESPACE);
        }
        return switch (request) {
            case BindRequest.Binding binding -> judgeBinding(binding, floor, within);
            case BindRequest.Creation creation -> judgeCreation(creation, floor, within);
        };
    }

    private BindVerdict judgeBinding(BindRequest.Binding request, int floor, Duration within) {
        Optional<PodFacts> cached =
                request.podUid().flatMap(uid -> pods.cached(request.namespace(), request.pod(), uid));
        Optional<BindVerdict> known = cached.map(facts -> judge(request, floor, facts.priority(), facts.traits()));
        if (known.isPresent()
                && (known.get() instanceof Allowed
                        || !cached.get().traits().contains(new PodTrait.UnresolvedClaims()))) {
            return known.get();
        }
        try {
            return pods.live(request.namespace(), request.pod(), within)
                    .map(facts -> judge(request, floor, facts.priority(), facts.traits()))
                    .orElseGet(() -> new Allowed(AllowReason.NO_SUCH_POD));
        } catch (PodLookupException e) {
            // The guard is asked about frozen nodes only. To let an unknown pod through would break the promise that
            // none of a lower tier binds there; to refuse it costs one try.
            return known.orElseGet(() -> new Denied(
                    DenyReason.UNKNOWN,
                    "node %s is frozen and pod %s/%s could not be looked up in time; it is tried again"
                            .formatted(request.node(), request.namespace(), request.pod())));
        }
    }

    private BindVerdict judgeCreation(BindRequest.Creation request, int floor, Duration within) {
        PodManifest pod = request.manifest();
        BindVerdict verdict = judge(request, floor, pod.priority(), pod.traits());
        if (verdict instanceof Allowed || pod.claims().isEmpty()) {
            return verdict;
        }
        try {
            return judge(request, floor, pod.priority(), pods.pinned(request.namespace(), pod.claims(), within));
        } catch (PodLookupException e) {
            // As above: what cannot be shown to be pinned to the node is not let onto it.
            return verdict;
        }
    }

    private BindVerdict judge(BindRequest request, int floor, int priority, Set<? extends PodTrait> traits) {
        if (priority >= floor) {
            return new Allowed(AllowReason.PRIORITY);
        }
        for (PodTrait trait : traits) {
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
        return new Denied(DenyReason.FLOOR, sentence(request, floor, priority));
    }

    private String sentence(BindRequest request, int floor, int priority) {
        String remedy = switch (request) {
            case BindRequest.Binding _ -> "it will be scheduled elsewhere or once the node has thawed";
            case BindRequest.Creation _ ->
                "leave spec.nodeName out and it is scheduled elsewhere, or create it once the node has thawed";
        };
        String why = reasons.of(request.node())
                .map(reason -> " (" + reason + ")")
                .orElseGet(
                        () -> " (why: kubectl describe node " + request.node() + ", annotation waterline.dev/freeze)");
        return "pod %s/%s has priority %d, and node %s is frozen for priorities below %d%s; %s"
                .formatted(request.namespace(), request.pod(), priority, request.node(), floor, why, remedy);
    }
}
