package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.cluster.EventRecorder;
import dev.waterline.decision.pressure.Contribution;
import dev.waterline.decision.pressure.Evidence;
import dev.waterline.decision.pressure.FreezeDecision;
import dev.waterline.decision.pressure.NodeState;
import dev.waterline.decision.pressure.PoolStep;
import dev.waterline.decision.pressure.PressurePolicy;
import dev.waterline.decision.pressure.Signal;
import dev.waterline.decision.record.Change;
import dev.waterline.decision.record.DecisionIds;
import dev.waterline.decision.record.DecisionRecord;
import dev.waterline.decision.record.DecisionSentence;
import dev.waterline.telemetry.DecisionLog;
import dev.waterline.telemetry.PressureMeters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people and metrics what was decided: event, log line, log entry and metric of each decision come from its record. */
final class PressureTelling {
    private static final String ACTION = "Evaluate";
    private static final Logger log = LoggerFactory.getLogger(PressureTelling.class);

    private final EventRecorder events;
    private final PressureMeters meters;
    private final DecisionLog decisions;
    private final DecisionIds ids;
    private final ConcurrentHashMap<String, Shown> shown = new ConcurrentHashMap<>();

    PressureTelling(EventRecorder events, PressureMeters meters, DecisionLog decisions, DecisionIds ids) {
        this.events = events;
        this.meters = meters;
        this.decisions = decisions;
        this.ids = ids;
    }

    /**
     * @param before the states before these decisions
     * @return the decisions' records, in the order of decision
     */
    List<DecisionRecord> decided(
            PriorityWaterline resource,
            PressurePolicy policy,
            PoolStep step,
            Map<String, NodeState> before,
            boolean enforced,
            Instant now) {
        var changes = new ArrayList<Change.OfTier>();
        for (var decision : step.decisions()) {
            var was = before.getOrDefault(decision.node(), NodeState.unknown());
            changes.add(new Change.OfTier(
                    decision,
                    floor(step, decision.node()),
                    inputs(step.nodes().getOrDefault(decision.node(), was)),
                    Optional.ofNullable(was.frozen().get(decision.tier())),
                    policy.timing()));
        }
        return tell(resource, changes, enforced, now);
    }

    /** All that is frozen thaws because a person has ordered it by this annotation. */
    List<DecisionRecord> thawed(
            PriorityWaterline resource,
            PressurePolicy policy,
            Map<String, NodeState> before,
            String annotation,
            boolean enforced,
            Instant now) {
        var changes = new ArrayList<Change.OfTier>();
        new TreeMap<>(before)
                .forEach((node, was) -> new TreeMap<>(was.frozen())
                        .forEach((tier, frozen) -> changes.add(new Change.OfTier(
                                new FreezeDecision.Thaw(node, tier, new Evidence.Ordered(annotation)),
                                OptionalInt.empty(),
                                inputs(was),
                                Optional.of(frozen),
                                policy.timing()))));
        return tell(resource, changes, enforced, now);
    }

    private List<DecisionRecord> tell(
            PriorityWaterline resource, List<Change.OfTier> changes, boolean enforced, Instant now) {
        var by = policyOf(resource, enforced);
        var told = new ArrayList<DecisionRecord>();
        for (var change : changes) {
            var record = record(by, change, now);
            told.add(record);
            tellNode(by, change.decision().node(), record);
            count(by.waterline(), change, now);
        }
        if (!told.isEmpty()) {
            decisions.append(told);
            events.normal(resource, "Decided", ACTION, summary(told));
        }
        return told;
    }

    /** A person has thrown a switch, or let go of it. */
    void switched(PriorityWaterline resource, Switch to, boolean enforced, int nodesFrozen, Instant now) {
        var by = policyOf(resource, enforced);
        var record = record(by, new Change.Switched(to.action(), nodesFrozen, to.message()), now);
        decisions.append(List.of(record));
        log.info("{}: {}", by.waterline(), DecisionSentence.of(record));
        events.normal(resource, record.change().action().label(), "Switch", to.message());
    }

    void unresolved(PriorityWaterline resource, PolicyResolution.Unresolved unresolved) {
        events.warning(resource, unresolved.reason(), ACTION, unresolved.message());
    }

    void metrics(PriorityWaterline resource, ConditionFact metrics) {
        if (!metrics.status()) {
            events.warning(resource, metrics.reason(), ACTION, metrics.message());
        }
    }

    /** A pass began so much later than planned. */
    void lagged(Duration lag) {
        meters.lagged(lag);
    }

    /** Warns once, when it begins. */
    ConditionFact starved(PriorityWaterline resource, ConditionFact starved) {
        boolean was = resource.getStatus() != null
                && resource.getStatus().conditions().stream()
                        .anyMatch(before -> before.getType().equals(starved.type())
                                && before.getStatus().equals("True"));
        if (starved.status() && !was) {
            events.warning(resource, PoolConditions.STARVED, ACTION, starved.message());
        }
        return starved;
    }

    void measured(String name, PressurePolicy policy, WaterlineRun run) {
        forgetWhatIsGone(name, Shown.of(policy, run));
        run.states()
                .forEach((node, state) ->
                        state.readings().forEach((signal, ratio) -> meters.utilisation(name, node, signal, ratio)));
        run.unmatched().forEach((signal, series) -> meters.unmatchedSeries(name, signal, series.count()));
        var ladder = policy.ladder();
        for (int i = 0; i < ladder.tiers().size(); i++) {
            var tier = ladder.tiers().get(i).name();
            meters.frozen(name, tier, run.summary().frozenNodes().getOrDefault(tier, 0));
            meters.starved(name, tier, run.summary().starvedSince().containsKey(tier));
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
        shown.remove(name);
    }

    /** What has series now: of these nodes, for these tiers and signals. */
    private record Shown(Set<String> nodes, Set<String> series) {
        static Shown of(PressurePolicy policy, WaterlineRun run) {
            var series = new TreeSet<String>();
            policy.signals().forEach(signal -> series.add("signal " + signal.name()));
            policy.ladder().tiers().forEach(tier -> series.add("tier " + tier.name()));
            return new Shown(run.states().keySet(), series);
        }

        /** Without the states that the live set of their names would keep alive. */
        Shown detached() {
            return new Shown(Set.copyOf(nodes), series);
        }
    }

    private void forgetWhatIsGone(String name, Shown now) {
        var before = shown.get(name);
        if (now.equals(before)) {
            return;
        }
        if (before != null) {
            boolean sameSeries = before.series().equals(now.series());
            before.nodes().stream()
                    .filter(node -> !sameSeries || !now.nodes().contains(node))
                    .forEach(node -> meters.forgetNode(name, node));
            if (!sameSeries) {
                meters.forgetLadder(name);
            }
        }
        shown.put(name, now.detached());
    }

    private DecisionRecord record(DecisionRecord.Policy by, Change change, Instant now) {
        return new DecisionRecord(ids.next(now, by.waterline()), now, Optional.of(by), change);
    }

    private void tellNode(DecisionRecord.Policy by, String node, DecisionRecord record) {
        var sentence = DecisionSentence.of(record);
        log.info("{}: {} [{}]", by.waterline(), sentence, record.id());
        events.node(
                node,
                record.change().action().label() + (by.enforced() ? "" : "DryRun"),
                ACTION,
                "PriorityWaterline " + by.waterline() + ": " + sentence);
    }

    private void count(String name, Change.OfTier change, Instant now) {
        var tier = change.decision().tier();
        if (change.decision() instanceof FreezeDecision.Freeze) {
            meters.froze(name, tier);
        } else {
            change.before().ifPresent(frozen -> meters.thawed(name, tier, Duration.between(frozen.since(), now)));
        }
    }

    private static DecisionRecord.Policy policyOf(PriorityWaterline resource, boolean enforced) {
        var metadata = resource.getMetadata();
        return new DecisionRecord.Policy(metadata.getName(), metadata.getGeneration(), enforced);
    }

    private static OptionalInt floor(PoolStep step, String node) {
        return Optional.ofNullable(step.contributions().get(node)).stream()
                .mapToInt(Contribution::floor)
                .findFirst();
    }

    private static List<Change.Input> inputs(NodeState state) {
        var inputs = new ArrayList<Change.Input>();
        for (var signal : new TreeSet<>(state.readings().keySet())) {
            var seen = state.seriesOf(signal);
            inputs.add(new Change.Input(signal, seen.lastRaw(), seen.last(), seen.lastAt()));
        }
        return inputs;
    }

    private static String summary(List<DecisionRecord> told) {
        var first = DecisionSentence.of(told.getFirst());
        return told.size() == 1 ? first : first + "; and " + (told.size() - 1) + " more, see the nodes' own events";
    }
}
