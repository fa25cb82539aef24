package dev.waterline.arbiter;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

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

    private final Arbiter arbiter;
    private final ProvenFloors proven;
    private final BindGuard guard;
    private final NodeMarks marks;
    private final GuardKeeper keeper;
    private final NodeWrites nodeWrites;
    private final PassLoop passes;

    /** @param nanoTime for what must keep a pace */
    public Enforcer(
            Arbiter arbiter,
            ProvenFloors proven,
            BindGuard guard,
            NodeMarks marks,
            EnforcementListener listener,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.arbiter = arbiter;
        this.proven = proven;
        this.guard = guard;
        this.marks = marks;
        var pace = new TokenBucket(1, GuardKeeper.PERIOD, nanoTime);
        this.keeper = new GuardKeeper(guard, listener, clock, pace);
        this.nodeWrites = new NodeWrites(marks, this::wake, nanoTime);
        this.passes = new PassLoop("enforcer", this::pass, JANITOR_PERIOD, pace);
    }

    public void start() {
        passes.start();
    }

    /** Something is wanted that was not before, or no longer. */
    public void wake() {
        passes.call();
    }

    /** The floors that the guard enforces, by node name, as last acknowledged. */
    public Map<String, Integer> inForce() {
        return keeper.inForce();
    }

    /** Whether the guard enforces all that is wanted, and nobody has asked for another pass. */
    public boolean isSettled() {
        return passes.isSettled();
    }

    @Override
    public void close() {
        passes.close();
        nodeWrites.close();
    }

    /**
     * Compares once, and writes what differs.
     *
     * @return whether the guard now holds, and is seen to hold, what is wanted
     */
    boolean pass() {
        boolean complete = arbiter.isComplete();
        var content = guard.read();
        var guarded = GuardKeeper.floorsByNode(content.nodesByFloor());
        var marked = marks.marked();
        var verdicts = usable(arbiter.verdicts(), guarded);
        var floors = new TreeMap<String, Integer>();
        verdicts.forEach((node, verdict) -> floors.put(node, verdict.floor()));
        if (!complete) {
            guarded.forEach((node, floor) -> floors.merge(node, floor, Math::max));
            marked.forEach((node, mark) -> mark.floor().ifPresent(floor -> floors.merge(node, floor, Math::max)));
        }
        var outcome = keeper.bring(floors, guarded, content.current());
        // A guard that was written but cannot be seen to work keeps nobody out, so it need not keep anybody frozen.
        boolean mayThaw = complete && outcome != GuardKeeper.Outcome.NOT_WRITTEN;
        var writes = new ArrayList<NodeWrite>();
        verdicts.forEach((node, verdict) -> {
            var now = marked.getOrDefault(node, NodeMarks.Mark.NONE);
            marks.wanted(node, verdict)
                    .map(wanted -> mayThaw ? wanted : withoutThaw(wanted, now, complete))
                    .filter(wanted -> !wanted.equals(now))
                    .ifPresent(wanted -> writes.add(new NodeWrite(node, now, wanted)));
        });
        if (mayThaw) {
            marked.forEach((node, now) -> {
                if (!verdicts.containsKey(node)) {
                    writes.add(new NodeWrite(node, now, NodeMarks.Mark.NONE));
                }
            });
        }
        nodeWrites.replace(writes);
        return outcome == GuardKeeper.Outcome.ACKNOWLEDGED;
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
}
