package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.PriorityWaterlineSpec;
import dev.waterline.api.v1alpha1.Signal;
import dev.waterline.api.v1alpha1.WaterlineLevel;
import dev.waterline.api.v1alpha1.Window;
import dev.waterline.decision.pressure.Waterline;
import dev.waterline.decision.pressure.WindowOverride;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;

/** From the windows that people write to what the core puts in the place of the spec's waterlines. */
final class WindowOverrides {
    private WindowOverrides() {}

    /** @throws IllegalArgumentException if levels are not in order, or of a signal that is not there */
    static List<WindowOverride> of(PriorityWaterlineSpec spec) {
        var signals = spec.signals().stream().map(Signal::name).collect(Collectors.toSet());
        for (var window : spec.windows()) {
            window.tiers().stream()
                    .flatMap(tier -> tier.waterlines().stream())
                    .map(WaterlineLevel::signal)
                    .filter(signal -> !signals.contains(signal))
                    .findFirst()
                    .ifPresent(unknown -> {
                        throw new IllegalArgumentException("window " + window.name() + " has a waterline for signal "
                                + unknown + ", which spec.signals does not have: add it or correct the name");
                    });
        }
        return spec.windows().stream().map(WindowOverrides::of).toList();
    }

    private static WindowOverride of(Window window) {
        var waterlines = new HashMap<String, List<Waterline>>();
        window.tiers().forEach(tier -> waterlines.put(tier.name(), PolicyMapper.waterlines(tier.waterlines())));
        return new WindowOverride(window.name(), waterlines);
    }
}
