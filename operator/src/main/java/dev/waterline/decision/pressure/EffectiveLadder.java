package dev.waterline.decision.pressure;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * From a ladder as it is written to the one that is in effect at a moment. In this order: a window replaces the waterlines that
 * it names, the lower one where windows overlap; the elastic shift moves them all; and each tier takes, per signal and level,
 * the minimum over its own and all higher tiers' ({@link Ladder}). Panic and relief levels are none of its business.
 *
 * @param tiers as the spec has them, lowest first
 * @param windows every window of the spec, in effect or not
 */
public record EffectiveLadder(List<Tier> tiers, List<WindowOverride> windows) {

    /** @throws IllegalArgumentException if a window names a tier that is not there */
    public EffectiveLadder {
        tiers = List.copyOf(tiers);
        windows = List.copyOf(windows);
        var names = new HashSet<>(tiers.stream().map(Tier::name).toList());
        for (var window : windows) {
            window.waterlines().keySet().stream()
                    .filter(tier -> !names.contains(tier))
                    .sorted()
                    .findFirst()
                    .ifPresent(unknown -> {
                        throw new IllegalArgumentException("window " + window.window() + " names tier " + unknown
                                + ", which the ladder does not have: add the tier or correct the name");
                    });
        }
    }

    /**
     * @param active names of the windows that are in effect
     * @throws IllegalArgumentException as {@link Ladder} does
     */
    public Ladder at(Set<String> active, Shift shift) {
        var inEffect = windows.stream()
                .filter(window -> active.contains(window.window()))
                .toList();
        return new Ladder(
                tiers,
                tiers.stream().map(tier -> own(tier, inEffect, shift)).toList(),
                tiers.stream().map(this::mayFreeze).toList());
    }

    /** Whether the tier itself has a waterline, now or in some window. */
    private boolean mayFreeze(Tier tier) {
        return !tier.waterlines().isEmpty()
                || windows.stream().anyMatch(window -> !window.of(tier).isEmpty());
    }

    private static List<Threshold> own(Tier tier, List<WindowOverride> inEffect, Shift shift) {
        var replacements = replacements(tier, inEffect);
        var kept = tier.thresholds().stream().filter(threshold -> !replacements.containsKey(threshold.signal()));
        return Stream.concat(kept, replacements.values().stream())
                .map(shift::applied)
                .toList();
    }

    private static Map<String, Threshold> replacements(Tier tier, List<WindowOverride> inEffect) {
        var replacements = new TreeMap<String, Threshold>();
        for (var window : inEffect) {
            var origin = new Origin.Window(window.window());
            for (var waterline : window.of(tier)) {
                replacements.merge(waterline.signal(), waterline.threshold(tier.name(), origin), Threshold::stricter);
            }
        }
        return replacements;
    }
}
