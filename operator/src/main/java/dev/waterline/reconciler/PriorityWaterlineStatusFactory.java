package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.ElasticStatus;
import dev.waterline.api.v1alpha1.PriorityWaterlineStatus;
import dev.waterline.api.v1alpha1.PriorityWaterlineStatus.EffectiveThreshold;
import dev.waterline.api.v1alpha1.PriorityWaterlineStatus.NodeDecision;
import dev.waterline.api.v1alpha1.PriorityWaterlineStatus.NodeStatus;
import dev.waterline.api.v1alpha1.PriorityWaterlineStatus.TierStatus;
import dev.waterline.api.v1alpha1.PriorityWaterlineStatus.WindowStatus;
import dev.waterline.decision.pressure.Contribution;
import dev.waterline.decision.pressure.FrozenTier;
import dev.waterline.decision.pressure.Ladder;
import dev.waterline.decision.pressure.NodeState;
import dev.waterline.decision.pressure.PressurePolicy;
import dev.waterline.decision.pressure.Threshold;
import dev.waterline.decision.record.DecisionRecord;
import dev.waterline.decision.record.DecisionSentence;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a PriorityWaterline's status says after a pass. */
final class PriorityWaterlineStatusFactory {
    private static final int HOTTEST = 10;

    private PriorityWaterlineStatusFactory() {}

    /**
     * @param before the status as it stands. Readings move all the while; the hottest nodes are listed anew only if
     *     something else is worth a write
     */
    static PriorityWaterlineStatus of(
            @Nullable PriorityWaterlineStatus before,
            long generation,
            List<Condition> conditions,
            PressurePolicy policy,
            WaterlineRun run,
            List<WindowStatus> windows,
            @Nullable ElasticStatus elastic) {
        var fresh = new PriorityWaterlineStatus(
                generation,
                conditions,
                run.states().size(),
                run.contributions().size(),
                tiers(policy.ladder(), run),
                windows,
                hottest(policy.ladder(), run),
                NodeOverrideTelling.statuses(run.overrides()),
                run.decisions(),
                elastic);
        if (before != null && withoutHottest(before).equals(withoutHottest(fresh))) {
            return before;
        }
        return fresh;
    }

    /** Nothing could be decided: the conditions say why, and all else stays as it is. */
    static PriorityWaterlineStatus undecided(
            @Nullable PriorityWaterlineStatus before, long generation, List<Condition> conditions) {
        return before == null
                ? new PriorityWaterlineStatus(
                        generation, conditions, null, null, List.of(), List.of(), List.of(), List.of(), List.of(), null)
                : new PriorityWaterlineStatus(
                        generation,
                        conditions,
                        before.nodesMatched(),
                        before.nodesFrozen(),
                        before.tiers(),
                        before.windows(),
                        before.hottestNodes(),
                        before.overriddenNodes(),
                        before.decisions(),
                        before.elastic());
    }

    private static PriorityWaterlineStatus withoutHottest(PriorityWaterlineStatus status) {
        return new PriorityWaterlineStatus(
                status.observedGeneration(),
                status.conditions(),
                status.nodesMatched(),
                status.nodesFrozen(),
                status.tiers(),
                status.windows(),
                List.of(),
                status.overriddenNodes(),
                status.decisions(),
                status.elastic());
    }

    /** What a decision's record says, as the status shows it. */
    static NodeDecision decision(DecisionRecord decided) {
        return new NodeDecision(
                decided.at().truncatedTo(ChronoUnit.MILLIS).toString(),
                decided.change().node().orElse(""),
                decided.change().action().label(),
                decided.change().tier().orElse(""),
                DecisionSentence.of(decided),
                decided.id());
    }

    private static List<TierStatus> tiers(Ladder ladder, WaterlineRun run) {
        var tiers = new ArrayList<TierStatus>();
        for (int i = 0; i < ladder.tiers().size(); i++) {
            var tier = ladder.tiers().get(i);
            var thresholds = ladder.thresholds(i).stream()
                    .map(t -> new EffectiveThreshold(
                            t.signal(),
                            percent(t.freezeAbove()),
                            percent(t.thawBelow()),
                            t.origin().text(),
                            t.originTier().equals(tier.name()) ? null : t.originTier()))
                    .toList();
            tiers.add(new TierStatus(
                    tier.name(),
                    i == 0 ? null : tier.minPriority(),
                    thresholds,
                    run.summary().frozenNodes().getOrDefault(tier.name(), 0)));
        }
        return tiers;
    }

    /** Thresholds are given in percent with a decimal or two; a ratio's last bits must not make 82.00000000000001 of 82. */
    static double percent(double ratio) {
        return Math.round(ratio * 100_000) / 1_000.0;
    }

    private record Heat(String node, double ratio, String signal, Optional<Contribution> contribution) {}

    private static List<NodeStatus> hottest(Ladder ladder, WaterlineRun run) {
        var lowest = ladder.thresholds(0);
        var heats = new ArrayList<Heat>();
        run.states()
                .forEach((node, state) ->
                        heat(node, state, lowest, run.contributions()).ifPresent(heats::add));
        heats.sort(Comparator.<Heat>comparingInt(heat -> heat.contribution().isPresent() ? 0 : 1)
                .thenComparing(Comparator.comparingDouble(Heat::ratio).reversed())
                .thenComparing(Heat::node));
        return heats.stream()
                .limit(HOTTEST)
                .map(heat -> new NodeStatus(
                        heat.node(),
                        (int) Math.round(heat.ratio() * 100),
                        heat.signal(),
                        heat.contribution().map(Contribution::floor).orElse(null),
                        heat.contribution()
                                .map(PriorityWaterlineStatusFactory::since)
                                .map(Instant::toString)
                                .orElse(null)))
                .toList();
    }

    private static Instant since(Contribution contribution) {
        return Optional.ofNullable(contribution.frozen().get(contribution.tier()))
                .map(FrozenTier::since)
                .orElse(Instant.EPOCH);
    }

    private static Optional<Heat> heat(
            String node, NodeState state, List<Threshold> thresholds, Map<String, Contribution> contributions) {
        return thresholds.stream()
                .filter(threshold ->
                        Double.isFinite(state.seriesOf(threshold.signal()).last()))
                .max(Comparator.comparingDouble(
                        threshold -> state.seriesOf(threshold.signal()).last() / threshold.freezeAbove()))
                .map(nearest -> new Heat(
                        node,
                        state.seriesOf(nearest.signal()).last(),
                        nearest.signal(),
                        Optional.ofNullable(contributions.get(node))));
    }
}
