package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.PriorityWaterlineStatus.NodeDecision;
import dev.waterline.api.v1alpha1.Signal;
import dev.waterline.decision.override.NodeOverride;
import dev.waterline.decision.pressure.Contribution;
import dev.waterline.decision.pressure.Ladder;
import dev.waterline.decision.pressure.NodeState;
import dev.waterline.decision.pressure.PoolStep;
import dev.waterline.decision.pressure.PoolSummary;
import dev.waterline.decision.pressure.PressurePolicy;
import dev.waterline.decision.pressure.SignalHistory;
import dev.waterline.decision.pressure.SourceAnswer;
import dev.waterline.decision.record.DecisionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is remembered of one PriorityWaterline between two passes. Losing it costs a delay and nothing else: what matters
 * stands on the nodes. Passes over one resource never overlap, but its ladder is read by others.
 */
final class WaterlineRun {
    private static final int DECISIONS_KEPT = 10;

    private Map<String, NodeState> states;
    private PoolSummary summary = PoolSummary.empty();
    private Map<String, SignalAnswer> answers = Map.of();
    private Map<String, Signal> asked = Map.of();
    private Instant askedAt = Instant.EPOCH;
    private Instant plannedAt = Instant.EPOCH;
    private Map<String, Contribution> contributions;
    private SortedMap<String, NodeOverride> overrides = new TreeMap<>();
    private Switch lastSwitch = Switch.NONE;
    private final List<NodeDecision> decisions = new ArrayList<>();
    private volatile Optional<Ladder> ladder = Optional.empty();
    private volatile Optional<FrozenPools.Pool> pool = Optional.empty();

    /**
     * @param states as an earlier life of the process left them
     * @param contributions the floors that go with them, to be held until a first decision
     */
    WaterlineRun(Map<String, NodeState> states, Map<String, Contribution> contributions) {
        this.states = Map.copyOf(states);
        this.contributions = Map.copyOf(contributions);
    }

    /** @return whether it was another at the last pass */
    boolean switchedTo(Switch now) {
        boolean changed = lastSwitch != now;
        lastSwitch = now;
        return changed;
    }

    /** How much later than planned this pass began; zero if it came early, because something had changed. */
    Duration lag(Instant now) {
        return plannedAt.isBefore(now) && !plannedAt.equals(Instant.EPOCH)
                ? Duration.between(plannedAt, now)
                : Duration.ZERO;
    }

    void planned(Instant next) {
        plannedAt = next;
    }

    /** Whether the sources must be asked, or the answers at hand are still those of this interval and these signals. */
    boolean isQueryDue(List<Signal> signals, Duration interval, Instant now) {
        return !asked.equals(byName(signals))
                || !Duration.between(askedAt, now).minus(interval).isNegative();
    }

    /** Takes new answers. A signal whose definition has changed measures something else, so its past is forgotten. */
    void answered(List<Signal> signals, Map<String, SignalAnswer> fresh, Instant now) {
        var present = byName(signals);
        var changed = new TreeSet<String>();
        asked.forEach((name, before) -> {
            var after = present.get(name);
            if (after == null
                    || !Objects.equals(after.prometheus(), before.prometheus())
                    || after.resource() != before.resource()
                    || !after.nodeLabel().equals(before.nodeLabel())) {
                changed.add(name);
            }
        });
        if (!changed.isEmpty()) {
            var kept = new HashMap<String, NodeState>();
            states.forEach((node, state) -> kept.put(node, state.forgetting(changed)));
            states = kept;
        }
        asked = present;
        askedAt = now;
        answers = Map.copyOf(fresh);
    }

    /** Whether no source has been asked yet in this life of the process. */
    boolean isNew() {
        return askedAt.equals(Instant.EPOCH);
    }

    /** Takes what the sources say at first, and what they have said before. */
    void began(List<Signal> signals, PressurePolicy policy, Collection<String> nodes, FirstLook look, Instant now) {
        states = Map.copyOf(SignalHistory.recalled(policy, nodes, states, look.history()));
        answered(signals, look.answers(), now);
    }

    void stepped(PoolStep step) {
        states = Map.copyOf(step.nodes());
        summary = step.summary();
        contributions = Map.copyOf(step.contributions());
    }

    /** @param told in the order of decision */
    void decided(List<DecisionRecord> told) {
        decisions.addAll(
                0,
                told.reversed().stream()
                        .limit(DECISIONS_KEPT)
                        .map(PriorityWaterlineStatusFactory::decision)
                        .toList());
        keepTheLast();
    }

    /** What the status says of decisions of an earlier life of the process. */
    void decidedBefore(List<NodeDecision> newestFirst) {
        decisions.addAll(newestFirst);
        keepTheLast();
    }

    private void keepTheLast() {
        if (decisions.size() > DECISIONS_KEPT) {
            decisions.subList(DECISIONS_KEPT, decisions.size()).clear();
        }
    }

    /** What people have ordered of this waterline's nodes, by node name. */
    void overridden(SortedMap<String, NodeOverride> inForce) {
        overrides = inForce;
    }

    SortedMap<String, NodeOverride> overrides() {
        return overrides;
    }

    /** Everything is thawed and forgotten. */
    void clear() {
        states = Map.of();
        contributions = Map.of();
    }

    void ladder(Ladder current) {
        ladder = Optional.of(current);
    }

    /** What it governs, for others to read. */
    void governs(FrozenPools.Pool current) {
        pool = Optional.of(current);
    }

    /** Empty until a spec has been resolved. */
    Optional<FrozenPools.Pool> pool() {
        return pool;
    }

    /** The floors that may be asked for; empty until a spec has been resolved. */
    SortedSet<Integer> floors() {
        return ladder.map(Ladder::floors).orElseGet(TreeSet::new);
    }

    Map<String, NodeState> states() {
        return states;
    }

    PoolSummary summary() {
        return summary;
    }

    Map<String, SourceAnswer> answers() {
        var forTheCore = new HashMap<String, SourceAnswer>();
        answers.forEach((signal, answer) -> forTheCore.put(signal, answer.answer()));
        return forTheCore;
    }

    /** By signal name, the series of the last answer that belong to no node. */
    Map<String, UnmatchedSeries> unmatched() {
        var unmatched = new HashMap<String, UnmatchedSeries>();
        answers.forEach((signal, answer) -> unmatched.put(signal, answer.unmatched()));
        return unmatched;
    }

    Instant askedAt() {
        return askedAt;
    }

    Map<String, Contribution> contributions() {
        return contributions;
    }

    List<NodeDecision> decisions() {
        return List.copyOf(decisions);
    }

    private static Map<String, Signal> byName(List<Signal> signals) {
        var byName = new HashMap<String, Signal>();
        signals.forEach(signal -> byName.put(signal.name(), signal));
        return Map.copyOf(byName);
    }
}
