package dev.waterline.decision.pressure;

import dev.waterline.decision.pressure.Signal.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The load that is on its way: pods which are bound but too young to show in a signal. Without it a thaw lets a herd in, since
 * each pod that lands sees a node that still looks idle.
 *
 * <p>A pod counts for the signal's lag with 85 % of its request, no more than its limit; one that requests nothing with 250m of
 * CPU or 200Mi of memory. So much is a usual pod's share of what it asks for, and the same estimate that Koordinator and Volcano
 * make in their schedulers.
 */
public final class ReservedGrowth {
    private static final double SHARE_OF_REQUEST = 0.85;
    private static final long UNREQUESTED_CPU_MILLIS = 250;
    private static final long UNREQUESTED_MEMORY_BYTES = 200L << 20;

    private ReservedGrowth() {}

    /**
     * A pod that has a node and has not finished.
     *
     * @param request of its containers together, 0: none
     * @param cpuLimitMillis of its containers together; empty: one of them has none
     */
    public record BoundPod(String node, Instant boundAt, Amount request, Optional<Long> cpuLimitMillis) {}

    /** @param memoryBytes of memory */
    public record Amount(long cpuMillis, long memoryBytes) {
        long of(Resource resource) {
            return switch (resource) {
                case CPU -> cpuMillis;
                case MEMORY -> memoryBytes;
            };
        }
    }

    /**
     * @param allocatable by node name; nothing is reserved on a node that says nothing
     * @return by signal name and node name, to be added to the signal's ratio; absent: nothing
     */
    public static Map<String, Map<String, Double>> ratios(
            List<Signal> signals, Collection<BoundPod> pods, Map<String, Amount> allocatable, Instant now) {
        var ratios = new HashMap<String, Map<String, Double>>();
        for (var signal : signals) {
            signal.resource()
                    .map(resource -> ratios(resource, signal.lag(), pods, allocatable, now))
                    .filter(byNode -> !byNode.isEmpty())
                    .ifPresent(byNode -> ratios.put(signal.name(), byNode));
        }
        return ratios;
    }

    private static Map<String, Double> ratios(
            Resource resource, Duration lag, Collection<BoundPod> pods, Map<String, Amount> allocatable, Instant now) {
        var youngest = now.minus(lag);
        var reserved = new HashMap<String, Double>();
        for (var pod : pods) {
            var amount = allocatable.get(pod.node());
            if (pod.boundAt().isAfter(youngest) && amount != null && amount.of(resource) > 0) {
                reserved.merge(pod.node(), estimate(pod, resource) / amount.of(resource), Double::sum);
            }
        }
        return reserved;
    }

    private static double estimate(BoundPod pod, Resource resource) {
        double share = pod.request().of(resource) * SHARE_OF_REQUEST;
        return switch (resource) {
            case CPU ->
                Math.min(
                        share > 0 ? share : UNREQUESTED_CPU_MILLIS,
                        pod.cpuLimitMillis().orElse(Long.MAX_VALUE));
            case MEMORY -> share > 0 ? share : UNREQUESTED_MEMORY_BYTES;
        };
    }
}
