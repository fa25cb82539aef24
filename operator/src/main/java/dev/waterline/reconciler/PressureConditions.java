package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.Signal;
import dev.waterline.decision.pressure.Ladder;
import dev.waterline.decision.pressure.PoolSummary;
import dev.waterline.decision.window.Settlement;
import dev.waterline.decision.window.SettlementSentence;
import dev.waterline.decision.window.SettlementState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the conditions of a PriorityWaterline say. */
final class PressureConditions {
    static final String READY = "Ready";
    static final String METRICS_AVAILABLE = "MetricsAvailable";
    static final String ENGAGED = "Engaged";
    static final String ENFORCED = "Enforced";
    static final String SETTLEMENT = "Settlement";
    static final String ELASTIC = "Elastic";

    /** The worst first: the one that the condition is about. */
    private static final List<SettlementState> SEVERITY = List.of(
            SettlementState.Missed,
            SettlementState.Critical,
            SettlementState.AtRisk,
            SettlementState.NoWork,
            SettlementState.OnTrack,
            SettlementState.Met);

    private PressureConditions() {}

    /**
     * The spec is accepted; if a tier's own thresholds are not the ones in effect, the message shows the ladder that is.
     *
     * @param problems why some windows cannot be followed, a sentence each; everything else is in effect
     */
    static ConditionFact ready(Switch switched, Ladder ladder, List<String> problems) {
        if (!problems.isEmpty()) {
            return new ConditionFact(
                    READY,
                    false,
                    "InvalidWindow",
                    String.join("; ", problems) + ". Until then the window is ignored; everything else is in effect.");
        }
        var stricter = new ArrayList<String>();
        for (int i = 0; i < ladder.tiers().size(); i++) {
            var tier = ladder.tiers().get(i).name();
            ladder.thresholds(i).stream()
                    .filter(threshold -> !threshold.originTier().equals(tier))
                    .map(threshold -> "tier %s freezes on %s as early as tier %s, at %s %%"
                            .formatted(
                                    tier,
                                    threshold.signal(),
                                    threshold.originTier(),
                                    PriorityWaterlineStatusFactory.percent(threshold.freezeAbove())))
                    .forEach(stricter::add);
        }
        return new ConditionFact(
                READY,
                true,
                switched.reason(),
                stricter.isEmpty()
                        ? switched.message()
                        : switched.message() + " Effective ladder: " + String.join("; ", stricter) + ".");
    }

    static ConditionFact unresolved(PolicyResolution.Unresolved unresolved) {
        return new ConditionFact(READY, false, unresolved.reason(), unresolved.message());
    }

    /**
     * @param selected how many nodes the resource selects now
     * @param unmatched by signal name
     */
    static ConditionFact metrics(
            List<Signal> signals, PoolSummary summary, int selected, Map<String, UnmatchedSeries> unmatched) {
        if (selected == 0) {
            return new ConditionFact(
                    METRICS_AVAILABLE,
                    true,
                    "NoNodes",
                    "spec.nodeSelector selects no node of the cluster, so nothing is measured or frozen.");
        }
        for (var signal : signals) {
            var silence = summary.silentSince().get(signal.name());
            if (silence != null) {
                return new ConditionFact(
                        METRICS_AVAILABLE,
                        false,
                        silence.reason().cause().name(),
                        silence.reason().detail());
            }
        }
        var absent = new ArrayList<String>();
        for (var signal : signals) {
            int nodes = summary.absentNodes().getOrDefault(signal.name(), 0);
            if (nodes > 0) {
                absent.add(
                        "%d of %d nodes have no series for signal %s".formatted(nodes, summary.nodes(), signal.name()));
                // Of a pool whose nodes all answer, series of nodes that have gone are nobody's concern.
                unmatched
                        .getOrDefault(signal.name(), UnmatchedSeries.NONE)
                        .sentence(signal.name(), signal.nodeLabel())
                        .ifPresent(absent::add);
            }
        }
        return absent.isEmpty()
                ? new ConditionFact(METRICS_AVAILABLE, true, "Fresh", "Every signal answers for every node.")
                : new ConditionFact(METRICS_AVAILABLE, true, "NodesAbsent", String.join("; ", absent) + ".");
    }

    static ConditionFact engaged(int nodesFrozen) {
        return nodesFrozen > 0
                ? new ConditionFact(ENGAGED, true, "NodesFrozen", "At least one tier is frozen on some node.")
                : new ConditionFact(ENGAGED, false, "NothingFrozen", "No tier is frozen on any node.");
    }

    /** @param obstacles why floors of this waterline may not be used yet, a sentence each */
    static ConditionFact enforced(List<String> obstacles, boolean acknowledged) {
        if (!obstacles.isEmpty()) {
            return new ConditionFact(ENFORCED, false, "FloorNotProven", String.join("; ", obstacles));
        }
        return acknowledged
                ? new ConditionFact(
                        ENFORCED, true, "Acknowledged", "Protected pods tolerate every floor, and the guard answers.")
                : new ConditionFact(
                        ENFORCED,
                        false,
                        "GuardNotAcknowledged",
                        "The bind guard did not deny its probe: check that the API server reaches the webhook; taints are set"
                                + " all the same.");
    }

    /** @param settlements by the name of the window; empty if none: there is nothing to say */
    static Optional<ConditionFact> settlement(Map<String, Settlement> settlements) {
        return settlements.values().stream()
                .map(Settlement::state)
                .min(Comparator.comparingInt(SEVERITY::indexOf))
                .map(worst -> new ConditionFact(
                        SETTLEMENT,
                        worst == SettlementState.OnTrack || worst == SettlementState.Met,
                        worst.name(),
                        settlements.entrySet().stream()
                                        .map(entry -> SettlementSentence.of(entry.getKey(), entry.getValue()))
                                        .collect(Collectors.joining(". "))
                                + "."));
    }

    static ConditionFact dryRun() {
        return new ConditionFact(ENFORCED, false, "DryRun", "Decisions are reported and not carried out.");
    }
}
