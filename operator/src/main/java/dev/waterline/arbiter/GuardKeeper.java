package dev.waterline.arbiter;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the guard at what is wanted, waits until it is seen to work, and remembers what is in force. */
final class GuardKeeper {
    /**
     * The first at once, then five a second: each write makes every API server compile all expressions anew, and is stored
     * whole. What comes sooner waits for the next, so that none is lost.
     */
    static final Duration PERIOD = Duration.ofMillis(200);

    private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofSeconds(3);

    /** A guard that was not seen to work the last time must not keep the taints waiting, which are all there is now. */
    private static final Duration ACKNOWLEDGE_AGAIN_WITHIN = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(GuardKeeper.class);

    /** What has come of the guard in a pass. */
    enum Outcome {
        ACKNOWLEDGED,
        WRITTEN,
        NOT_WRITTEN
    }

    private final BindGuard guard;
    private final EnforcementListener listener;
    private final InstantSource clock;
    private final TokenBucket pace;
    private boolean inDoubt;
    private volatile Optional<Map<String, Integer>> inForce = Optional.empty();

    /** @param pace from which each write takes one; it is for the caller to wait for it */
    GuardKeeper(BindGuard guard, EnforcementListener listener, InstantSource clock, TokenBucket pace) {
        this.guard = guard;
        this.listener = listener;
        this.clock = clock;
        this.pace = pace;
    }

    /** The floors that the guard enforces, by node name, as last acknowledged. */
    Map<String, Integer> inForce() {
        return inForce.orElse(Map.of());
    }

    /**
     * Brings the guard to these floors.
     *
     * @param floors by node name
     * @param guarded what it holds now
     * @param current whether what it holds leads the API server to us
     */
    Outcome bring(Map<String, Integer> floors, Map<String, Integer> guarded, boolean current) {
        var before = inForce.orElse(guarded);
        if (current && floors.equals(guarded) && floors.equals(before)) {
            if (inForce.isEmpty()) {
                listener.inForce(Map.copyOf(floors));
            }
            inForce = Optional.of(before);
            return Outcome.ACKNOWLEDGED;
        }
        var risen = new TreeMap<String, Integer>();
        floors.forEach((node, floor) -> {
            if (before.getOrDefault(node, -1) < floor) {
                risen.put(node, floor);
            }
        });
        var outcome = write(floors);
        inDoubt = outcome != Outcome.ACKNOWLEDGED;
        if (outcome == Outcome.ACKNOWLEDGED) {
            inForce = Optional.of(Map.copyOf(floors));
            listener.inForce(Map.copyOf(floors));
            if (!risen.isEmpty()) {
                listener.acknowledged(risen, clock.instant());
            }
        } else {
            inForce = Optional.of(before);
            listener.unacknowledged(risen);
        }
        return outcome;
    }

    private Outcome write(Map<String, Integer> floors) {
        var within = inDoubt ? ACKNOWLEDGE_AGAIN_WITHIN : ACKNOWLEDGE_WITHIN;
        pace.take();
        try {
            long generation = guard.write(nodesByFloor(floors));
            if (floors.isEmpty() || guard.awaitAcknowledgement(generation, within)) {
                return Outcome.ACKNOWLEDGED;
            }
            log.warn(
                    "The bind guard did not deny its probe within {} ms: is the webhook reachable from the API server?"
                            + " Taints are set all the same",
                    within.toMillis());
            return Outcome.WRITTEN;
        } catch (RuntimeException e) {
            log.warn("The bind guard could not be written; taints are set all the same", e);
        }
        return Outcome.NOT_WRITTEN;
    }

    static Map<String, Integer> floorsByNode(Map<Integer, NavigableSet<String>> nodesByFloor) {
        var floors = new TreeMap<String, Integer>();
        nodesByFloor.forEach((floor, nodes) -> nodes.forEach(node -> floors.merge(node, floor, Math::max)));
        return floors;
    }

    private static Map<Integer, NavigableSet<String>> nodesByFloor(Map<String, Integer> floors) {
        var nodes = new TreeMap<Integer, NavigableSet<String>>();
        floors.forEach((node, floor) ->
                nodes.computeIfAbsent(floor, _ -> new TreeSet<>()).add(node));
        return nodes;
    }
}
