package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.PriorityWaterlineSpec;
import dev.waterline.api.v1alpha1.Relief;
import dev.waterline.api.v1alpha1.Tier;
import dev.waterline.decision.pressure.PressurePolicy;
import dev.waterline.decision.pressure.Signal;
import dev.waterline.decision.relief.PriorityRange;
import dev.waterline.decision.relief.ReliefTier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From the relief that people write to the relief that the core knows. */
final class ReliefMapper {
    /** For signals that say nothing of it: pods that have just gone are still in the averages that signals are made of. */
    private static final Duration LAG = Duration.ofSeconds(60);

    private ReliefMapper() {}

    /** The tiers that may get relief, lowest first. A protected tier is never among them. */
    static List<ReliefTier> tiers(PriorityWaterlineSpec spec, PressurePolicy policy) {
        var tiers = new ArrayList<ReliefTier>();
        for (int i = 0; i < spec.tiers().size(); i++) {
            var tier = spec.tiers().get(i);
            var relief = tier.relief();
            if (relief != null && !tier.waterlines().isEmpty()) {
                tier(tier, relief, policy, i).ifPresent(tiers::add);
            }
        }
        return List.copyOf(tiers);
    }

    private static Optional<ReliefTier> tier(Tier tier, Relief relief, PressurePolicy policy, int index) {
        var signal = Optional.ofNullable(relief.signal())
                .orElseGet(() -> tier.waterlines().getFirst().signal());
        return policy.ladder().thresholds(index).stream()
                .filter(threshold -> threshold.signal().equals(signal))
                .findFirst()
                .map(threshold -> new ReliefTier(
                        tier.name(),
                        PriorityRange.of(policy.ladder(), index),
                        signal,
                        threshold.freezeAbove(),
                        lag(policy, signal),
                        Optional.ofNullable(relief.throttle())
                                .map(throttle -> new ReliefTier.Throttle(
                                        throttle.above() / 100,
                                        DurationText.parse(throttle.after()),
                                        throttle.cpuLimitPercent())),
                        Optional.ofNullable(relief.evict())
                                .map(evict -> new ReliefTier.Evict(
                                        evict.above() / 100,
                                        DurationText.parse(evict.after()),
                                        evict.perNodePerMinute()))));
    }

    private static Duration lag(PressurePolicy policy, String name) {
        return policy.signals().stream()
                .filter(signal -> signal.name().equals(name))
                .map(Signal::lag)
                .filter(Duration::isPositive)
                .findFirst()
                .orElse(LAG);
    }
}
