package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.Mode;
import dev.waterline.api.v1alpha1.ScaledWorkloadSpec;
import dev.waterline.cluster.ScaleRead;
import dev.waterline.cluster.ScaleTarget;
import dev.waterline.cluster.ScaleWrite;
import dev.waterline.decision.scaling.Limit;
import dev.waterline.decision.scaling.Proposal;
import dev.waterline.decision.scaling.ScalingSentence;
import dev.waterline.decision.scaling.ScalingStep;
import dev.waterline.decision.scaling.Switches;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The conditions of a ScaledWorkload. Their words stay the same while nothing changes, so no value stands in them. */
final class ScalingConditions {
    static final String READY = "Ready";
    static final String ACTIVE = "Active";
    static final String METRICS = "MetricsAvailable";
    static final String FALLBACK = "Fallback";
    static final String PAUSED = "Paused";
    static final String LIMITED = "Limited";

    private ScalingConditions() {}

    static ConditionFact ready(Mode mode) {
        return new ConditionFact(
                READY,
                true,
                "Accepted",
                mode == Mode.DryRun
                        ? "The target is found; mode is DryRun, so decisions are reported and not carried out."
                        : "The target is found, and its count follows the triggers.");
    }

    static ConditionFact invalid(ScalingPlan.Invalid invalid) {
        return new ConditionFact(READY, false, invalid.reason(), invalid.message());
    }

    /** Empty: it is there and can be scaled. */
    static Optional<ConditionFact> unscalable(ScaleTarget target, ScaleRead read) {
        return switch (read) {
            case ScaleRead.Found _ -> Optional.empty();
            case ScaleRead.NotFound() -> Optional.of(notFound(target));
            case ScaleRead.NoScaleSubresource() ->
                Optional.of(new ConditionFact(
                        READY,
                        false,
                        "TargetNotScalable",
                        "spec.scaleTargetRef: %s of %s has no /scale subresource; name an object that has one"
                                .formatted(target.kind(), target.apiVersion())));
            case ScaleRead.UnknownKind() ->
                Optional.of(new ConditionFact(
                        READY,
                        false,
                        "TargetNotScalable",
                        "spec.scaleTargetRef: the cluster has no namespaced kind %s in %s (yet); correct apiVersion or kind, or install its CRD"
                                .formatted(target.kind(), target.apiVersion())));
            case ScaleRead.Forbidden() -> Optional.of(forbidden(target, "get"));
        };
    }

    /** Empty: the write was accepted, or lost a race and is tried again. */
    static Optional<ConditionFact> unwritable(ScaleTarget target, int replicas, ScaleWrite write) {
        return switch (write) {
            case ScaleWrite.Scaled(), ScaleWrite.Conflict() -> Optional.empty();
            case ScaleWrite.NotFound() -> Optional.of(notFound(target));
            case ScaleWrite.Forbidden() -> Optional.of(forbidden(target, "update"));
            case ScaleWrite.Refused(int status) ->
                Optional.of(new ConditionFact(
                        READY,
                        false,
                        "ScaleRefused",
                        "The API server does not accept %d replicas for %s (HTTP status %d); look at the admission policies and webhooks of its kind"
                                .formatted(replicas, target, status)));
        };
    }

    static ConditionFact active(ScalingStep step) {
        if (step.isForced()) {
            return new ConditionFact(ACTIVE, true, "ForcedActivation", "An annotation keeps it active.");
        }
        return step.active()
                ? new ConditionFact(ACTIVE, true, "TriggerActive", "A trigger is above its activation threshold.")
                : new ConditionFact(
                        ACTIVE,
                        false,
                        "NoTriggerActive",
                        "No trigger that can be read is above its activation threshold.");
    }

    static ConditionFact metrics(ScalingStep step) {
        var failed = step.proposals().stream()
                .map(Proposal::failed)
                .flatMap(Optional::stream)
                .toList();
        return failed.isEmpty()
                ? new ConditionFact(METRICS, true, "AllTriggersAnswer", "Every trigger has a value.")
                : new ConditionFact(METRICS, false, failed.getFirst().cause().name(), ScalingSentence.of(failed));
    }

    static ConditionFact badAnnotation(String problem) {
        return new ConditionFact(READY, false, "InvalidAnnotation", problem);
    }

    static ConditionFact fallback(ScaledWorkloadSpec spec, ScalingStep step) {
        if (spec.fallback() == null) {
            return new ConditionFact(
                    FALLBACK, false, "NoFallback", "spec.fallback is not set: while triggers fail the count is held.");
        }
        var fallen = step.proposals().stream()
                .filter(Proposal.FallenBack.class::isInstance)
                .map(Proposal::trigger)
                .collect(Collectors.joining(", "));
        return fallen.isEmpty()
                ? new ConditionFact(
                        FALLBACK, false, "NotNeeded", "No trigger has failed for so long that it falls back.")
                : new ConditionFact(
                        FALLBACK,
                        true,
                        "FallbackActive",
                        "Failed more than %d polls in a row, so spec.fallback counts: %s."
                                .formatted(spec.fallback().failureThreshold(), fallen));
    }

    /** What pauses it altogether comes first; a pause of one direction lets the other go on. */
    static ConditionFact paused(Switches switches) {
        return switches.pause()
                .map(pause -> paused(
                        pause.by(),
                        pause.replicas().isPresent()
                                ? "the count is put to %d and stays so"
                                        .formatted(pause.replicas().getAsInt())
                                : "the count stays as it is"))
                .or(() -> oneDirection(switches))
                .orElseGet(() -> new ConditionFact(PAUSED, false, "NotPaused", "No annotation pauses it."));
    }

    private static Optional<ConditionFact> oneDirection(Switches switches) {
        if (switches.noScaleIn().isPresent() && switches.noScaleOut().isPresent()) {
            return Optional.of(paused(
                    switches.noScaleIn().get() + " and " + switches.noScaleOut().get(), "the count stays as it is"));
        }
        return switches.noScaleIn()
                .map(by -> paused(by, "the count does not go down"))
                .or(() -> switches.noScaleOut().map(by -> paused(by, "the count does not go up")));
    }

    private static ConditionFact paused(String by, String effect) {
        return new ConditionFact(
                PAUSED, true, "PausedByAnnotation", "Set is %s: %s; remove it to go on.".formatted(by, effect));
    }

    /** Stabilization is no limit to be worried about: it comes and goes with each swing of the load. */
    static ConditionFact limited(List<Limit> hit) {
        var limits = hit.stream().filter(limit -> !limit.isStabilization()).toList();
        if (limits.isEmpty()) {
            return new ConditionFact(LIMITED, false, "NotLimited", "The count is what the triggers ask for.");
        }
        var last = limits.getLast();
        var by = last.by().orElse("");
        return new ConditionFact(
                LIMITED,
                true,
                last.kind().name(),
                switch (last.kind()) {
                    case AtMin -> "The triggers ask for less than minReplicaCount %d.".formatted(last.bound());
                    case AtMax -> "The triggers ask for more than maxReplicaCount %d.".formatted(last.bound());
                    case ScaleUpLimit, ScaleUpStabilized -> "The way up is slowed down by behavior.scaleUp.";
                    case ScaleDownLimit, ScaleDownStabilized -> "The way down is slowed down by behavior.scaleDown.";
                    case ScaleInPaused -> "The triggers ask for less, and %s is set.".formatted(by);
                    case ScaleOutPaused -> "The triggers ask for more, and %s is set.".formatted(by);
                    case NodesFrozen ->
                        "The triggers ask for more, and %s has frozen every node that more pods could use."
                                .formatted(by);
                });
    }

    private static ConditionFact notFound(ScaleTarget target) {
        return new ConditionFact(
                READY,
                false,
                "TargetNotFound",
                "spec.scaleTargetRef: there is no %s in namespace %s (yet); create it or correct the name"
                        .formatted(target, target.namespace()));
    }

    private static ConditionFact forbidden(ScaleTarget target, String verb) {
        return new ConditionFact(
                READY,
                false,
                "TargetForbidden",
                "The operator may not %s the scale of %s in %s; extend its ClusterRole"
                        .formatted(verb, target.kind(), target.apiVersion()));
    }
}
