package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.PriorityWaterlineSpec;
import dev.waterline.decision.pressure.PoolLimits;
import dev.waterline.decision.pressure.PoolSummary;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the conditions of a PriorityWaterline say of its nodes as a whole. */
final class PoolConditions {
    static final String STARVED = "Starved";
    static final String RELIEF_SUSPENDED = "ReliefSuspended";

    private PoolConditions() {}

    static ConditionFact starved(PoolSummary summary, PoolLimits limits) {
        var starved = new TreeMap<>(summary.starvedSince());
        return starved.isEmpty()
                ? new ConditionFact(
                        STARVED, false, "NoTierStarved", "Every tier has had a thawed node within maxFrozenPerPod.")
                : new ConditionFact(
                        STARVED,
                        true,
                        "TierFrozenEverywhere",
                        "%s on every node for longer than maxFrozenPerPod (%d min): thaw nodes, add some, or raise the threshold."
                                .formatted(
                                        starved.entrySet().stream()
                                                .map(tier -> "Tier %s has been frozen since %s"
                                                        .formatted(tier.getKey(), tier.getValue()))
                                                .collect(Collectors.joining("; ")),
                                        limits.maxFrozen().toMinutes()));
    }

    /** Empty where nothing would be evicted anyway. */
    static Optional<ConditionFact> reliefSuspended(PriorityWaterlineSpec spec, PoolSummary summary) {
        boolean evicts = spec.tiers().stream()
                .anyMatch(tier -> tier.relief() != null && tier.relief().evict() != null);
        if (!evicts) {
            return Optional.empty();
        }
        var suspended = summary.suspension();
        if (suspended.pool()) {
            return Optional.of(new ConditionFact(
                    RELIEF_SUSPENDED,
                    true,
                    "PoolUnderPressure",
                    "At least %d %% of the nodes are frozen: nothing is evicted, throttling goes on."
                            .formatted(spec.suspendEvictionAbove().poolPercent())));
        }
        return Optional.of(
                suspended.zones().isEmpty()
                        ? new ConditionFact(
                                RELIEF_SUSPENDED, false, "BelowShare", "Too few nodes are frozen to stop evictions.")
                        : new ConditionFact(
                                RELIEF_SUSPENDED,
                                true,
                                "ZoneUnderPressure",
                                "At least %d %% of the nodes are frozen in zones %s: nothing is evicted there, throttling goes on."
                                        .formatted(
                                                spec.suspendEvictionAbove().zonePercent(),
                                                String.join(", ", new TreeSet<>(suspended.zones())))));
    }
}
