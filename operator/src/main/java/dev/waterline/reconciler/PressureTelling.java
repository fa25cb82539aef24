package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.api.v1alpha1.PriorityWaterlineStatus.NodeDecision;
import dev.waterline.cluster.EventRecorder;
import dev.waterline.decision.pressure.FreezeDecision;
import dev.waterline.decision.pressure.FrozenTier;
import dev.waterline.decision.pressure.NodeState;
import dev.waterline.decision.pressure.PressurePolicy;
import dev.waterline.decision.pressure.PressureSentence;
import dev.waterline.decision.pressure.Signal;
import dev.waterline.telemetry.PressureMeters;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people and metrics what was decided, in the same words everywhere. */
final class PressureTelling {
    private static final String ACTION = "Evaluate";
    private static final Logger log = LoggerFactory.getLogger(PressureTelling.class);

    private final EventRecorder events;
    private final PressureMeters meters;

    PressureTelling(EventRecorder events, PressureMeters meters) {
        this.events = events;
        this.meters = meters;
    }

    /** @param before the states before these decisions, for how long a freeze has lasted */
    List<NodeDecision> decided(
            PriorityWaterline resource,
            List<FreezeDecision> decisions,
            Map<String, NodeState> before,
            boolean enforced,
            Instant now) {
        var name = resource.getMetadata().getName();
        var told = new ArrayList<NodeDecision>();
        for (var decision : decisions) {
            var sentence = PressureSentence.of(decision);
            var kind = decision instanceof FreezeDecision.Freeze ? "Freeze" : "Thaw";
            var note = enforced ? sentence : "DryRun: " + sentence;
            log.info("{}: {}", name, note);
            events.node(
                    decision.node(),
                    kind + (enforced ? "" : "DryRun"),
                    ACTION,
                    "PriorityWaterline " + name + ": " + note);
            told.add(new NodeDecision(
                    now.truncatedTo(ChronoUnit.MILLIS).toString(), decision.node(), kind, decision.tier(), note));
            count(name, decision, before, now);
        }
        if (!decisions.isEmpty()) {
            events.normal(resource, "Decided", ACTION, summary(told));
        }
        return told.reversed();
    }

    void switched(PriorityWaterline resource, Switch to) {
        events.normal(resource, to == Switch.NONE ? "Resumed" : to.reason(), "Switch", to.message());
    }

    void unresolved(PriorityWaterline resource, PolicyResolution.Unresolved unresolved) {
        events.warning(resource, unresolved.reason(), ACTION, unresolved.message());
    }

    void metrics(PriorityWaterline resource, ConditionFact metrics) {
        if (!metrics.status()) {
            events.warning(resource, metrics.reason(), ACTION, metrics.message());
        }
    }

    void measured(String name, PressurePolicy policy, WaterlineRun run) {
        run.states()
                .forEach((node, state) ->
                        state.readings().forEach((signal, ratio) -> meters.utilisation(name, node, signal, ratio)));
        run.unmatched().forEach((signal, series) -> meters.unmatchedSeries(name, signal, series.count()));
        var ladder = policy.ladder();
        for (int i = 0; i < ladder.tiers().size(); i++) {
            var tier = ladder.tiers().get(i).name();
            meters.frozen(name, tier, run.summary().frozenNodes().getOrDefault(tier, 0));
            var signals =
                    new HashSet<>(policy.signals().stream().map(Signal::name).toList());
            for (var t : ladder.thresholds(i)) {
                meters.thresholds(name, tier, t.signal(), t.freezeAbove(), t.thawBelow());
                signals.remove(t.signal());
            }
            signals.forEach(signal -> meters.noThresholds(name, tier, signal));
        }
    }

    void forgotten(String name, WaterlineRun run) {
        run.states().keySet().forEach(node -> meters.forgetNode(name, node));
        meters.forgetWaterline(name);
    }

    private void count(String name, FreezeDecision decision, Map<String, NodeState> before, Instant now) {
        if (decision instanceof FreezeDecision.Freeze) {
            meters.froze(name, decision.tier());
            return;
        }
        var state = before.getOrDefault(decision.node(), NodeState.unknown());
        FrozenTier frozen = state.frozen().get(decision.tier());
        if (frozen != null) {
            meters.thawed(name, decision.tier(), Duration.between(frozen.since(), now));
        }
    }

    private static String summary(List<NodeDecision> told) {
        var first = told.getFirst();
        return told.size() == 1
                ? first.message()
                : first.message() + "; and " + (told.size() - 1) + " more, see the nodes' own events";
    }
}
