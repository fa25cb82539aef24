package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.PriorityWaterlineStatus.NodeOverrideStatus;
import dev.waterline.cluster.EventRecorder;
import dev.waterline.decision.override.NodeOverride;
import dev.waterline.decision.record.Change;
import dev.waterline.decision.record.DecisionIds;
import dev.waterline.decision.record.DecisionRecord;
import dev.waterline.decision.record.DecisionSentence;
import dev.waterline.telemetry.DecisionLog;
import dev.waterline.telemetry.PressureMeters;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people what became of their orders for nodes. */
final class NodeOverrideTelling {
    private static final int LISTED = 10;
    private static final String ACTION = "Override";
    private static final Logger log = LoggerFactory.getLogger(NodeOverrideTelling.class);

    private final EventRecorder events;
    private final PressureMeters meters;
    private final DecisionLog decisions;
    private final DecisionIds ids;

    NodeOverrideTelling(EventRecorder events, PressureMeters meters, DecisionLog decisions, DecisionIds ids) {
        this.events = events;
        this.meters = meters;
        this.decisions = decisions;
        this.ids = ids;
    }

    void begun(String node, NodeOverride override, Instant now) {
        tell(node, new Change.Overridden(node, override, true), now);
    }

    /** It was in force before this process began to lead, and has been told then. */
    void goesOn(String node, NodeOverride override, Instant now) {
        record(node, new Change.Overridden(node, override, true), now);
    }

    void ended(String node, NodeOverride override, Instant now) {
        tell(node, new Change.Overridden(node, override, false), now);
    }

    /** An order that nobody follows. */
    void ignored(String node, String sentence) {
        log.warn("Node {}: {}", node, sentence);
        events.nodeWarning(node, "OverrideIgnored", ACTION, sentence);
    }

    void inForce(Collection<NodeOverride> overrides) {
        int freezes = Math.toIntExact(
                overrides.stream().filter(NodeOverride.Freeze.class::isInstance).count());
        meters.overridden("freeze", freezes);
        meters.overridden("thaw", overrides.size() - freezes);
    }

    /** At most ten, by name. */
    static List<NodeOverrideStatus> statuses(SortedMap<String, NodeOverride> overrides) {
        return overrides.entrySet().stream()
                .limit(LISTED)
                .map(entry -> {
                    var begun = new Change.Overridden(entry.getKey(), entry.getValue(), true);
                    return new NodeOverrideStatus(
                            entry.getKey(),
                            begun.action().label(),
                            begun.floor().isPresent() ? begun.floor().getAsInt() : null,
                            entry.getValue().until().toString());
                })
                .toList();
    }

    private void tell(String node, Change.Overridden change, Instant now) {
        var record = record(node, change, now);
        var sentence = DecisionSentence.of(record);
        log.info("{} [{}]", sentence, record.id());
        events.node(node, change.action().label(), ACTION, sentence);
    }

    private DecisionRecord record(String node, Change.Overridden change, Instant now) {
        var record = new DecisionRecord(ids.next(now, node), now, Optional.empty(), change);
        decisions.append(List.of(record));
        return record;
    }
}
