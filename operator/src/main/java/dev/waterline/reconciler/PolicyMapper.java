package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.OnOutage.OutageAction;
import dev.waterline.api.v1alpha1.PriorityWaterlineSpec;
import dev.waterline.api.v1alpha1.SignalResource;
import dev.waterline.api.v1alpha1.WaterlineLevel;
import dev.waterline.decision.pressure.EffectiveLadder;
import dev.waterline.decision.pressure.Outage;
import dev.waterline.decision.pressure.PoolLimits;
import dev.waterline.decision.pressure.PressurePolicy;
import dev.waterline.decision.pressure.Shift;
import dev.waterline.decision.pressure.Signal;
import dev.waterline.decision.pressure.Tier;
import dev.waterline.decision.pressure.Timing;
import dev.waterline.decision.pressure.Waterline;
import dev.waterline.decision.pressure.WindowOverride;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** From the spec that people write to the policy that the core knows: names resolved, percentages to ratios. */
final class PolicyMapper {
    /** After so many missed evaluations nobody can say that a stretch of time was all hot or all cool. */
    private static final int MISSED_EVALUATIONS = 3;

    private final Function<String, OptionalInt> priorityClasses;

    /** @param priorityClasses value by name; empty if there is no such class */
    PolicyMapper(Function<String, OptionalInt> priorityClasses) {
        this.priorityClasses = priorityClasses;
    }

    /**
     * @param windows what the spec's windows come to now
     * @param shift of the elastic waterline
     */
    PolicyResolution resolve(PriorityWaterlineSpec spec, WindowsNow windows, Shift shift) {
        var tiers = new ArrayList<Tier>();
        for (int i = 0; i < spec.tiers().size(); i++) {
            var tier = spec.tiers().get(i);
            int minimum = tier.minPriority() == null ? 0 : tier.minPriority();
            var className = tier.priorityClassName();
            if (className != null) {
                var value = priorityClasses.apply(className);
                if (value.isEmpty()) {
                    return new PolicyResolution.Unresolved(
                            "PriorityClassNotFound",
                            "spec.tiers[%d].priorityClassName: there is no PriorityClass %s (yet); create it or correct the name"
                                    .formatted(i, className));
                }
                minimum = value.getAsInt();
                if (minimum < 0) {
                    return new PolicyResolution.Unresolved(
                            "NegativePriority",
                            "spec.tiers[%d].priorityClassName: PriorityClass %s has the negative value %d; a tier begins at 0 or above"
                                    .formatted(i, className, minimum));
                }
            }
            try {
                tiers.add(new Tier(tier.name(), minimum, waterlines(tier.waterlines())));
            } catch (IllegalArgumentException e) {
                return new PolicyResolution.Unresolved(
                        "InvalidLadder", "spec.tiers[%d].waterlines: %s".formatted(i, e.getMessage()));
            }
        }
        List<WindowOverride> overrides;
        try {
            overrides = WindowOverrides.of(spec);
        } catch (IllegalArgumentException e) {
            return new PolicyResolution.Unresolved("InvalidLadder", "spec.windows: " + e.getMessage());
        }
        try {
            var ladder = new EffectiveLadder(tiers, overrides).at(windows.inEffect(), shift);
            return new PolicyResolution.Resolved(new PressurePolicy(
                    signals(spec), ladder, timing(spec), outage(spec), limits(spec), windows.isProtecting()));
        } catch (IllegalArgumentException e) {
            return new PolicyResolution.Unresolved("InvalidLadder", "spec.tiers: " + e.getMessage());
        }
    }

    static List<Waterline> waterlines(List<WaterlineLevel> levels) {
        return levels.stream()
                .map(level -> new Waterline(level.signal(), level.freezeAbove() / 100, level.thawBelow() / 100))
                .toList();
    }

    private static List<Signal> signals(PriorityWaterlineSpec spec) {
        return spec.signals().stream()
                .map(signal -> new Signal(
                        signal.name(),
                        DurationText.parse(signal.halfLife()),
                        signal.valid().max(),
                        Optional.ofNullable(signal.resource()).map(PolicyMapper::resource),
                        DurationText.parse(signal.lag())))
                .toList();
    }

    private static Signal.Resource resource(SignalResource resource) {
        return switch (resource) {
            case cpu -> Signal.Resource.CPU;
            case memory -> Signal.Resource.MEMORY;
        };
    }

    private static PoolLimits limits(PriorityWaterlineSpec spec) {
        return new PoolLimits(
                spec.timing().thawPercentPerMinute() / 100.0,
                DurationText.parse(spec.timing().maxFrozenPerPod()),
                spec.suspendEvictionAbove().poolPercent() / 100.0,
                spec.suspendEvictionAbove().zonePercent() / 100.0);
    }

    private static Timing timing(PriorityWaterlineSpec spec) {
        var timing = spec.timing();
        return new Timing(
                DurationText.parse(timing.freezeAfter()),
                DurationText.parse(timing.thawAfter()),
                DurationText.parse(timing.minHold()),
                timing.panicAbove() / 100,
                interval(spec).multipliedBy(MISSED_EVALUATIONS));
    }

    private static Outage outage(PriorityWaterlineSpec spec) {
        return new Outage(
                DurationText.parse(spec.onOutage().hold()), spec.onOutage().then() == OutageAction.Thaw);
    }

    static Duration interval(PriorityWaterlineSpec spec) {
        return DurationText.parse(spec.interval());
    }
}
