package dev.waterline.decision.pressure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The waterlines that a window puts in the place of the spec's while it is in effect. They may be higher than the spec's. What
 * the window does not name, tier or signal, stays as it is.
 *
 * @param window its name
 * @param waterlines by tier name
 */
public record WindowOverride(String window, Map<String, List<Waterline>> waterlines) {
    public WindowOverride {
        var copy = new HashMap<String, List<Waterline>>();
        waterlines.forEach((tier, levels) -> copy.put(tier, List.copyOf(levels)));
        waterlines = Map.copyOf(copy);
    }

    List<Waterline> of(Tier tier) {
        return waterlines.getOrDefault(tier.name(), List.of());
    }
}
