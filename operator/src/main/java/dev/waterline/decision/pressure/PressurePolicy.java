package dev.waterline.decision.pressure;

import java.util.List;

/**
 * A PriorityWaterline as the core sees it: everything resolved, nothing of Kubernetes.
 *
 * @param signals what is read
 * @param ladder who freezes when; a waterline for a signal that is not listed is refused
 * @param timing dwell and hold
 * @param outage without data
 * @param limits for the pool as a whole
 * @param protecting whether a window is in effect that protects something: a source that does not answer then holds what is
 *     frozen, whatever {@code outage} says
 */
public record PressurePolicy(
        List<Signal> signals, Ladder ladder, Timing timing, Outage outage, PoolLimits limits, boolean protecting) {
    public PressurePolicy {
        signals = List.copyOf(signals);
        for (var tier : ladder.tiers()) {
            for (var waterline : tier.waterlines()) {
                if (signals.stream().noneMatch(s -> s.name().equals(waterline.signal()))) {
                    throw new IllegalArgumentException("tier " + tier.name() + " has a waterline for signal "
                            + waterline.signal() + ", which the policy does not have");
                }
            }
        }
    }
}
