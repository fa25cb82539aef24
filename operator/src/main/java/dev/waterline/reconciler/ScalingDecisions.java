package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.ScaledWorkloadStatus.Decision;
import dev.waterline.decision.scaling.Basis;
import dev.waterline.decision.scaling.Limit;
import dev.waterline.decision.scaling.Proposal;
import dev.waterline.decision.scaling.ScalingDecision;
import dev.waterline.decision.scaling.ScalingStep;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decisions as they stand in the status. */
final class ScalingDecisions {
    private static final Set<String> STABILIZATION =
            Set.of(Limit.Kind.ScaleUpStabilized.name(), Limit.Kind.ScaleDownStabilized.name());

    private ScalingDecisions() {}

    static Decision told(ScalingStep step, String sentence, Instant now) {
        var decision = step.decision();
        return new Decision(
                now.truncatedTo(ChronoUnit.MILLIS).toString(),
                decision.from(),
                decision.to(),
                basis(decision).flatMap(Basis::winner).map(Proposal::trigger).orElse(null),
                decision.reason().name(),
                step.proposals().stream().map(ScalingDecisions::told).toList(),
                decision.limits().stream().map(Limit::kind).map(Enum::name).toList(),
                sentence);
    }

    /**
     * Whether a person would see no difference. A load that swings is held by a stabilization window at one poll and not at
     * the next, so that it is held is told once, and that it is not only after it has not been for as long as the window.
     *
     * @param recently whether a stabilization window has held it within its length
     */
    static boolean isSame(Decision last, Decision next, boolean recently) {
        return last.to() == next.to()
                && last.reason().equals(next.reason())
                && others(last).equals(others(next))
                && (isStabilized(last) == isStabilized(next) || (isStabilized(last) && recently));
    }

    private static List<String> others(Decision decision) {
        return decision.limits().stream()
                .filter(limit -> !STABILIZATION.contains(limit))
                .toList();
    }

    private static boolean isStabilized(Decision decision) {
        return decision.limits().stream().anyMatch(STABILIZATION::contains);
    }

    private static Decision.Proposal told(Proposal proposal) {
        return switch (proposal) {
            case Proposal.Measured measured -> new Decision.Proposal(measured.trigger(), measured.replicas(), null);
            case Proposal.FallenBack fallen -> new Decision.Proposal(fallen.trigger(), fallen.replicas(), true);
            case Proposal.Failed failed -> new Decision.Proposal(failed.trigger(), null, null);
        };
    }

    private static Optional<Basis> basis(ScalingDecision decision) {
        return switch (decision) {
            case ScalingDecision.Change change -> Optional.of(change.basis());
            case ScalingDecision.Keep keep -> Optional.of(keep.basis());
            case ScalingDecision.Hold _, ScalingDecision.Paused _ -> Optional.empty();
        };
    }
}
