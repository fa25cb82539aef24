package dev.waterline.reconciler;

import dev.waterline.arbiter.Arbiter;
import dev.waterline.arbiter.EnforcementListener;
import dev.waterline.arbiter.NodeVerdict;
import dev.waterline.decision.pressure.Evidence;
import dev.waterline.decision.pressure.FrozenTier;
import dev.waterline.decision.record.Change;
import dev.waterline.decision.record.DecisionIds;
import dev.waterline.decision.record.DecisionRecord;
import dev.waterline.telemetry.DecisionLog;
import dev.waterline.telemetry.PressureMeters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures how long freezes took to come into force, and remembers whether the guard was last seen to work. */
public final class EnforcementReport implements EnforcementListener {
    private static final Logger log = LoggerFactory.getLogger(EnforcementReport.class);

    private final Arbiter arbiter;
    private final PressureMeters meters;
    private final DecisionLog decisions;
    private final DecisionIds ids;
    private volatile boolean acknowledged = true;
    private volatile Set<String> withFloor = Set.of();

    public EnforcementReport(Arbiter arbiter, PressureMeters meters, DecisionLog decisions, DecisionIds ids) {
        this.arbiter = arbiter;
        this.meters = meters;
        this.decisions = decisions;
        this.ids = ids;
    }

    @Override
    public void acknowledged(Map<String, Integer> floors, Instant at) {
        acknowledged = true;
        var verdicts = arbiter.verdicts();
        var records = new ArrayList<DecisionRecord>();
        floors.forEach((node, floor) -> {
            var frozen = arbiter.wasHeldBack(node)
                    ? Optional.<FrozenTier>empty()
                    : latest(Optional.ofNullable(verdicts.get(node)));
            frozen.ifPresent(
                    tier -> meters.acknowledged(after(tier, at), after(tier, at).plus(dwell(tier))));
            var afterDecision = frozen.map(tier -> after(tier, at));
            records.add(new DecisionRecord(
                    ids.next(at, node), at, Optional.empty(), new Change.Acknowledged(node, floor, afterDecision)));
        });
        decisions.append(records);
        log.info("The guard denies binds below floor to {} nodes: {}", floors.size(), floors);
    }

    @Override
    public void inForce(Map<String, Integer> floors) {
        withFloor.stream().filter(node -> !floors.containsKey(node)).forEach(meters::noFloor);
        floors.forEach(meters::floor);
        withFloor = Set.copyOf(floors.keySet());
    }

    @Override
    public void unacknowledged(Map<String, Integer> floors) {
        acknowledged = false;
    }

    /** Whether the guard denied its probe when it was last changed. */
    boolean isAcknowledged() {
        return acknowledged;
    }

    private static Duration after(FrozenTier tier, Instant at) {
        return Duration.between(tier.since(), at);
    }

    /** The freeze whose enforcement was waited for; empty: that was a person's order, or in an earlier life. */
    private static Optional<FrozenTier> latest(Optional<NodeVerdict> verdict) {
        return verdict.filter(wanted -> !wanted.isByOverride()).stream()
                .flatMap(v -> v.contributions().values().stream())
                .flatMap(contribution -> contribution.frozen().values().stream())
                .filter(frozen -> !(frozen.why() instanceof Evidence.Restored))
                .max((a, b) -> a.since().compareTo(b.since()));
    }

    private static Duration dwell(FrozenTier frozen) {
        return frozen.why() instanceof Evidence.Hot hot ? hot.dwell() : Duration.ZERO;
    }
}
