package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.Mode;
import dev.waterline.cluster.ScaleRead;
import dev.waterline.cluster.ScaleTarget;
import dev.waterline.cluster.ScaleWrite;
import dev.waterline.decision.scaling.Limit;
import dev.waterline.decision.scaling.Proposal;
import dev.waterline.decision.scaling.ScalingSentence;
import dev.waterline.decision.scaling.ScalingStep;
import java.util.List;
import java.util.Optional;

/** The conditions of a ScaledWorkload. Their words stay the same while nothing changes, so no value stands in them. */
final class ScalingConditions {
    static final String READY = "Ready";
    static final String ACTIVE = "Active";
    static final String METRICS = "MetricsAvailable";
    private static final String PAUSED = "Paused";
    private static final String LIMITED = "Limited";

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

    static ConditionFact paused(Optional<String> annotation) {
        return annotation
                .map(name -> new ConditionFact(
                        PAUSED,
                        true,
                        "PausedByAnnotation",
                        "Annotation %s is set: the count stays as it is; remove it to go on.".formatted(name)))
                .orElseGet(() -> new ConditionFact(PAUSED, false, "NotPaused", "No annotation pauses it."));
    }

    static ConditionFact limited(List<Limit> limits) {
        if (limits.isEmpty()) {
            return new ConditionFact(LIMITED, false, "NotLimited", "The count is what the triggers ask for.");
        }
        var last = limits.getLast();
        return new ConditionFact(LIMITED, true, last.kind().name(), ScalingSentence.of(last) + ".");
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
