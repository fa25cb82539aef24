package dev.waterline.arbiter;

import dev.waterline.decision.override.NodeOverride;
import dev.waterline.decision.pressure.Contribution;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Collects what every waterline and every override wants of every node and takes the highest floor; a thaw override is a veto.
 *
 * <p>After a start it is <em>incomplete</em> until each waterline that exists has spoken once: a node may be frozen for one
 * that has not, so until then nobody may thaw on the strength of its silence.
 */
public final class Arbiter {
    private final Map<String, Map<String, Contribution>> byWaterline = new HashMap<>();
    private final Set<String> awaited = new HashSet<>();
    private final Set<String> released = new HashSet<>();
    private Map<String, NodeOverride> overrides = Map.of();

    /**
     * Is incomplete until each of these has spoken or is gone.
     *
     * @param uids of every PriorityWaterline that exists as the process begins to lead
     */
    public synchronized void await(Collection<String> uids) {
        uids.stream().filter(uid -> !byWaterline.containsKey(uid)).forEach(awaited::add);
    }

    /**
     * Replaces all that this waterline wants.
     *
     * @param wanted by node name
     * @return whether anything differs from what it wanted before
     */
    public synchronized boolean submit(String uid, Map<String, Contribution> wanted) {
        boolean first = awaited.remove(uid);
        var before = byWaterline.put(uid, Map.copyOf(wanted));
        return first || before == null || !demands(before).equals(demands(wanted));
    }

    /**
     * The waterline is gone, and so is all it wanted.
     *
     * @return whether it was known until now
     */
    public synchronized boolean withdraw(String uid) {
        boolean wasAwaited = awaited.remove(uid);
        return byWaterline.remove(uid) != null || wasAwaited;
    }

    /**
     * Replaces all that people have ordered of nodes.
     *
     * @param inForce by node name
     * @return whether anything differs from before
     */
    public synchronized boolean override(Map<String, NodeOverride> inForce) {
        boolean changed = !overrides.equals(inForce);
        overrides.forEach((node, override) -> {
            if (override instanceof NodeOverride.Thaw && !inForce.containsKey(node) && isWanted(node)) {
                released.add(node);
            }
        });
        overrides = Map.copyOf(inForce);
        return changed;
    }

    private boolean isWanted(String node) {
        return byWaterline.values().stream().anyMatch(wanted -> wanted.containsKey(node));
    }

    /** Whether the floor of a node had been wanted before and was held back by a thaw override until now; asked once. */
    public synchronized boolean wasHeldBack(String node) {
        return released.remove(node);
    }

    /** What people have ordered, by node name. */
    public synchronized Map<String, NodeOverride> overrides() {
        return overrides;
    }

    /** The floors that people have ordered: they too must be proven before they are used. */
    public synchronized SortedSet<Integer> overrideFloors() {
        var floors = new TreeSet<Integer>();
        overrides.values().forEach(override -> {
            if (override instanceof NodeOverride.Freeze freeze) {
                floors.add(freeze.floor());
            }
        });
        return floors;
    }

    public synchronized boolean isComplete() {
        return awaited.isEmpty();
    }

    /** The verdict for each node that anybody wants frozen, by node name. */
    public synchronized Map<String, NodeVerdict> verdicts() {
        var wishes = new TreeMap<String, Map<String, Contribution>>();
        byWaterline.forEach((uid, nodes) -> nodes.forEach((node, wish) ->
                wishes.computeIfAbsent(node, _ -> new HashMap<>()).put(uid, wish)));
        var verdicts = new TreeMap<String, NodeVerdict>();
        wishes.forEach((node, byUid) -> verdicts.put(node, NodeVerdict.of(byUid, Optional.empty())));
        overrides.forEach((node, override) -> {
            switch (override) {
                case NodeOverride.Thaw _ -> verdicts.remove(node);
                case NodeOverride.Freeze freeze ->
                    verdicts.put(node, NodeVerdict.of(wishes.getOrDefault(node, Map.of()), Optional.of(freeze)));
            }
        });
        return verdicts;
    }

    /** What makes a difference to a node; readings move all the while and do not. */
    private record Demand(int floor, Set<String> tiers) {}

    private static Map<String, Demand> demands(Map<String, Contribution> wanted) {
        var demands = new HashMap<String, Demand>();
        wanted.forEach((node, wish) ->
                demands.put(node, new Demand(wish.floor(), wish.frozen().keySet())));
        return demands;
    }
}
