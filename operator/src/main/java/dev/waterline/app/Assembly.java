package dev.waterline.app;

import dev.waterline.admission.FreezeReasons;
import dev.waterline.admission.PodLookup;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What the wiring adds to the bare process.
 *
 * @param pods where the bind guard learns about pods
 * @param reasons where it learns why a node is frozen
 * @param caches started in this order on every replica, before it is ready
 * @param synced names of caches, and whether they are filled; part of readiness
 * @param controllers started in this order when this replica leads, stopped in reverse before the lease is released
 */
public record Assembly(
        PodLookup pods,
        FreezeReasons reasons,
        List<Part> caches,
        Map<String, BooleanSupplier> synced,
        List<Part> controllers) {
    public Assembly {
        caches = List.copyOf(caches);
        synced = Map.copyOf(synced);
        controllers = List.copyOf(controllers);
    }
}
