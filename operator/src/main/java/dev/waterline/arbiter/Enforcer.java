package dev.waterline.arbiter;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the cluster carry the arbiter's verdicts: guard first, then taint; guard off, then taint off. Level-triggered: each
 * pass compares what is wanted with what the cluster holds, so it does not matter how it came to differ. A pass follows each
 * {@link #wake()} and, as the janitor, every 30 s.
 *
 * <p>Between a start and the moment when the arbiter is complete, what the cluster holds counts as wanted too.
 */
public final class Enforcer implements AutoCloseable {
    /** A node that carries our key without a living reason is cleaned within this time. */
    static final Duration JANITOR_PERIOD = Duration.ofSeconds(30);

    private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofSeconds(3);
    private static final Duration RETRY_AFTER = Duration.ofMillis(500);
    private static final Logger log = LoggerFactory.getLogger(Enforcer.class);

    /** What has come of the guard in a pass. */
    private enum Outcome {
        ACKNOWLEDGED,
        WRITTEN,
        NOT_WRITTEN
    }

    private final Arbiter arbiter;
    private final ProvenFloors proven;
    private final BindGuard guard;
    private final NodeMarks marks;
    private final EnforcementListener listener;
    private final InstantSource clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean wakeUp = true;
    private boolean closed;
    private volatile boolean settled;

    private final NodeWrites nodeWrites;
    private final Thread worker;
    private volatile Optional<Map<String, Integer>> inForce = Optional.empty();

    public Enforcer(
            Arbiter arbiter,
            ProvenFloors proven,
            BindGuard guard,
            NodeMarks marks,
            EnforcementListener listener,
            InstantSource clock) {
        this.arbiter = arbiter;
        this.proven = proven;
        this.guard = guard;
        this.marks = marks;
        this.listener = listener;
        this.clock = clock;
        this.nodeWrites = new NodeWrites(marks, this::wake);
        this.worker = Thread.ofPlatform().name("enforcer").unstarted(this::run);
    }

    public void start() {
        worker.start();
    }

    /** Something is wanted that was not before, or no longer. */
    public void wake() {
        lock.lock();
        try {
            wakeUp = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The floors that the guard enforces, by node name, as last acknowledged. */
    public Map<String, Integer> inForce() {
        return inForce.orElse(Map.of());
    }

    /** Whether all that is wanted is in force, and nobody has asked for another pass. */
    public boolean isSettled() {
        lock.lock();
        try {
            return settled && !wakeUp;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
        try {
            worker.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var pause = Duration.ZERO;
        while (waitUpTo(pause)) {
            boolean inForceNow = false;
            try {
                inForceNow = pass();
            } catch (RuntimeException e) {
                log.warn("Enforcement failed and is tried again in {} ms", RETRY_AFTER.toMillis(), e);
            }
            settled = inForceNow;
            pause = inForceNow ? JANITOR_PERIOD : RETRY_AFTER;
        }
    }

    /**
     * Waits for a call, or for the pause to end.
     *
     * @return false once closed
     */
    private boolean waitUpTo(Duration pause) {
        lock.lock();
        try {
            long nanos = pause.toNanos();
            while (!wakeUp && !closed && nanos > 0) {
                nanos = woken.awaitNanos(nanos);
            }
            wakeUp = false;
            settled = false;
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Compares once, and writes what differs.
     *
     * @return whether the guard now holds, and is seen to hold, what is wanted
     */
    boolean pass() {
        boolean complete = arbiter.isComplete();
        var content = guard.read();
        var guarded = floorsByNode(content.nodesByFloor());
        var marked = marks.marked();
        var verdicts = usable(arbiter.verdicts(), guarded);
        var floors = new TreeMap<String, Integer>();
        verdicts.forEach((node, verdict) -> floors.put(node, verdict.floor()));
        if (!complete) {
            guarded.forEach((node, floor) -> floors.merge(node, floor, Math::max));
            marked.forEach((node, mark) -> mark.floor().ifPresent(floor -> floors.merge(node, floor, Math::max)));
        }
        var outcome = guard(floors, guarded, content.current());
        // A guard that was written but cannot be seen to work keeps nobody out, so it need not keep anybody frozen.
        boolean mayThaw = complete && outcome != Outcome.NOT_WRITTEN;
        verdicts.forEach((node, verdict) -> {
            var now = marked.getOrDefault(node, NodeMarks.Mark.NONE);
            marks.wanted(node, verdict)
                    .map(wanted -> mayThaw ? wanted : withoutThaw(wanted, now, complete))
                    .filter(wanted -> !wanted.equals(now))
                    .ifPresent(wanted -> nodeWrites.put(node, wanted));
        });
        if (mayThaw) {
            marked.keySet().stream()
                    .filter(node -> !verdicts.containsKey(node))
                    .forEach(node -> nodeWrites.put(node, NodeMarks.Mark.NONE));
        }
        return outcome == Outcome.ACKNOWLEDGED;
    }

    /**
     * A floor that sinks is a thaw too. And as long as a waterline has not spoken, the annotation may be all that remembers what
     * it had frozen.
     */
    private static NodeMarks.Mark withoutThaw(NodeMarks.Mark wanted, NodeMarks.Mark now, boolean complete) {
        var floor = Stream.concat(wanted.floor().stream(), now.floor().stream()).max(Comparator.naturalOrder());
        return new NodeMarks.Mark(
                floor, complete ? wanted.annotation() : now.annotation().or(wanted::annotation));
    }

    /**
     * An unproven floor is not used: until protected pods tolerate it, it would keep them out. The highest proven floor below
     * it is, and so is what the guard holds already.
     */
    private Map<String, NodeVerdict> usable(Map<String, NodeVerdict> verdicts, Map<String, Integer> guarded) {
        var usable = new TreeMap<String, NodeVerdict>();
        verdicts.forEach((node, verdict) -> {
            int inPlace = guarded.getOrDefault(node, -1);
            int floor =
                    Math.max(proven.highestUpTo(verdict.floor()).orElse(-1), inPlace <= verdict.floor() ? inPlace : -1);
            if (floor >= 0) {
                usable.put(node, verdict.at(floor));
            }
        });
        return usable;
    }

    private Outcome guard(Map<String, Integer> floors, Map<String, Integer> guarded, boolean current) {
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
        try {
            long generation = guard.write(nodesByFloor(floors));
            if (floors.isEmpty() || guard.awaitAcknowledgement(generation, ACKNOWLEDGE_WITHIN)) {
                return Outcome.ACKNOWLEDGED;
            }
            log.warn(
                    "The bind guard did not deny its probe within {} s: is the webhook reachable from the API server?"
                            + " Taints are set all the same",
                    ACKNOWLEDGE_WITHIN.toSeconds());
            return Outcome.WRITTEN;
        } catch (RuntimeException e) {
            log.warn("The bind guard could not be written; taints are set all the same", e);
        }
        return Outcome.NOT_WRITTEN;
    }

    private static Map<String, Integer> floorsByNode(Map<Integer, NavigableSet<String>> nodesByFloor) {
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
