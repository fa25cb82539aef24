package dev.waterline.reconciler;

import dev.waterline.arbiter.Arbiter;
import dev.waterline.arbiter.EnforcementListener;
import dev.waterline.arbiter.NodeVerdict;
import dev.waterline.decision.pressure.Evidence;
import dev.waterline.decision.pressure.FrozenTier;
import dev.waterline.telemetry.PressureMeters;
import java.time.Duration;
import java.time.Instant;
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
    private volatile boolean acknowledged = true;
    private volatile Set<String> withFloor = Set.of();

    public EnforcementReport(Arbiter arbiter, PressureMeters meters) {
        this.arbiter = arbiter;
        this.meters = meters;
    }

    @Override
    public void acknowledged(Map<String, Integer> floors, Instant at) {
        acknowledged = true;
        var verdicts = arbiter.verdicts();
        floors.forEach((node, floor) -> latest(Optional.ofNullable(verdicts.get(node)))
                .ifPresent(frozen -> {
                    var afterDecision = Duration.between(frozen.since(), at);
                    meters.acknowledged(afterDecision, afterDecision.plus(dwell(frozen)));
                }));
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

    private static Optional<FrozenTier> latest(Optional<NodeVerdict> verdict) {
        return verdict.stream()
                .flatMap(v -> v.contributions().values().stream())
                .flatMap(contribution -> contribution.frozen().values().stream())
                .filter(frozen -> !(frozen.why() instanceof Evidence.Restored))
                .max((a, b) -> a.since().compareTo(b.since()));
    }

    private static Duration dwell(FrozenTier frozen) {
        return frozen.why() instanceof Evidence.Hot hot ? hot.dwell() : Duration.ZERO;
    }
}
