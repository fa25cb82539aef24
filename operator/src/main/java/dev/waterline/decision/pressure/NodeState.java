package dev.waterline.decision.pressure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that is known of one node under one policy: what its signals have said, and which tiers are frozen. */
public final class NodeState {
    private static final @Nullable FrozenTier[] NOTHING = new FrozenTier[0];
    private static final NodeState UNKNOWN = new NodeState(Layout.EMPTY, new SignalSeries[0], NOTHING, Map.of());

    private final Layout layout;
    private final SignalSeries[] series;

    /** By position of the tier; empty if none is frozen. */
    private final @Nullable FrozenTier[] frozen;

    private final Map<String, FrozenTier> frozenByName;

    private NodeState(
            Layout layout, SignalSeries[] series, @Nullable FrozenTier[] frozen, Map<String, FrozenTier> frozenByName) {
        this.layout = layout;
        this.series = series;
        this.frozen = frozen;
        this.frozenByName = frozenByName;
    }

    public static NodeState unknown() {
        return UNKNOWN;
    }

    /**
     * A node that an earlier life of the process left frozen. Without samples nobody knows when it was last hot, so that is
     * taken to be now: a restart may delay a thaw, never cause a flip.
     *
     * @param since by tier name, when it froze
     * @param readings by signal name, the readings written down then
     */
    public static NodeState restored(Map<String, Instant> since, Map<String, Double> readings, Instant now) {
        var signals = readings.keySet().stream().sorted().toList();
        var tiers = since.keySet().stream().sorted().toList();
        return of(
                new Layout(signals, tiers),
                signals.stream()
                        .map(signal -> SignalSeries.remembered(readings.getOrDefault(signal, Double.NaN), now))
                        .toArray(SignalSeries[]::new),
                tiers.stream()
                        .map(tier -> new FrozenTier(since.getOrDefault(tier, now), now, new Evidence.Restored()))
                        .toArray(FrozenTier[]::new));
    }

    /**
     * Takes the arrays for itself.
     *
     * @param series by position of the signal
     * @param frozen by position of the tier
     */
    static NodeState of(Layout layout, SignalSeries[] series, @Nullable FrozenTier[] frozen) {
        var byName = new ArrayList<Map.Entry<String, FrozenTier>>(frozen.length);
        for (int tier = 0; tier < frozen.length; tier++) {
            var one = frozen[tier];
            if (one != null) {
                byName.add(Map.entry(layout.tiers().get(tier), one));
            }
        }
        return byName.isEmpty() ? thawed(layout, series) : new NodeState(layout, series, frozen, byNames(byName));
    }

    @SuppressWarnings("unchecked") // an array of a generic type
    private static <V> Map<String, V> byNames(List<Map.Entry<String, V>> entries) {
        return Map.ofEntries(entries.toArray(Map.Entry[]::new));
    }

    static NodeState thawed(Layout layout, SignalSeries[] series) {
        return new NodeState(layout, series, NOTHING, Map.of());
    }

    /** The same tiers frozen with newer series, which are taken as they are. */
    NodeState withSeries(SignalSeries[] newer) {
        return new NodeState(layout, newer, frozen, frozenByName);
    }

    Layout layout() {
        return layout;
    }

    boolean isFrozen() {
        return frozen.length > 0;
    }

    /** @param tiers by position; taken as it is */
    NodeState withFrozen(@Nullable FrozenTier[] tiers) {
        return of(layout, series, tiers);
    }

    /** @param signal its position */
    SignalSeries series(int signal) {
        return series[signal];
    }

    /** @param tier its position */
    @Nullable FrozenTier frozen(int tier) {
        return tier < frozen.length ? frozen[tier] : null;
    }

    public SignalSeries seriesOf(String signal) {
        int position = layout.signals().indexOf(signal);
        return position < 0 ? SignalSeries.empty() : series[position];
    }

    /** The frozen tiers by name. */
    public Map<String, FrozenTier> frozen() {
        return frozenByName;
    }

    /** The last smoothed ratio of each signal that has ever spoken of this node, by signal name. */
    public Map<String, Double> readings() {
        var readings = new ArrayList<Map.Entry<String, Double>>(series.length);
        for (int signal = 0; signal < series.length; signal++) {
            if (!series[signal].isEmpty()) {
                readings.add(Map.entry(layout.signals().get(signal), series[signal].last()));
            }
        }
        return byNames(readings);
    }

    /** The same without what these signals have said. */
    public NodeState forgetting(Set<String> signals) {
        var kept = series.clone();
        for (int signal = 0; signal < kept.length; signal++) {
            if (signals.contains(layout.signals().get(signal))) {
                kept[signal] = SignalSeries.empty();
            }
        }
        return withSeries(kept);
    }

    /** The same by another layout; signals and tiers that it does not have are left out. */
    NodeState in(Layout other) {
        var rearranged = new SignalSeries[other.signals().size()];
        Arrays.setAll(rearranged, signal -> seriesOf(other.signals().get(signal)));
        @Nullable FrozenTier[] tiers = new @Nullable FrozenTier[other.tiers().size()];
        for (int tier = 0; tier < tiers.length; tier++) {
            int position = layout.tiers().indexOf(other.tiers().get(tier));
            tiers[tier] = position < 0 ? null : frozen(position);
        }
        return of(other, rearranged, tiers);
    }

    /** Names of the frozen tiers that the other layout does not have. */
    List<String> frozenOutside(Layout other) {
        return frozen().keySet().stream()
                .filter(tier -> !other.tiers().contains(tier))
                .sorted()
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeState that
                && layout.equals(that.layout)
                && Arrays.equals(series, that.series)
                && Arrays.equals(frozen, that.frozen);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(series) + Arrays.hashCode(frozen);
    }
}
