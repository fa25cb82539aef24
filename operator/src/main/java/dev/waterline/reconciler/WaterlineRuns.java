package dev.waterline.reconciler;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What is remembered of every PriorityWaterline, by UID. */
public final class WaterlineRuns {
    private final ConcurrentHashMap<String, WaterlineRun> runs = new ConcurrentHashMap<>();

    WaterlineRun of(String uid, Supplier<WaterlineRun> restore) {
        return runs.computeIfAbsent(uid, _ -> restore.get());
    }

    void forget(String uid) {
        runs.remove(uid);
    }

    /** What each governs, by UID. */
    Map<String, FrozenPools.Pool> pools() {
        var pools = new HashMap<String, FrozenPools.Pool>();
        runs.forEach((uid, run) -> run.pool().ifPresent(pool -> pools.put(uid, pool)));
        return pools;
    }

    /** The name of the PriorityWaterline with this UID; empty until its spec has been resolved. */
    public Optional<String> name(String uid) {
        return Optional.ofNullable(runs.get(uid)).flatMap(WaterlineRun::pool).map(FrozenPools.Pool::name);
    }

    /** Every floor that any waterline may ask for. */
    public SortedSet<Integer> floors() {
        var floors = new TreeSet<Integer>();
        runs.values().forEach(run -> floors.addAll(run.floors()));
        return floors;
    }
}
