package dev.waterline.decision.pressure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The tiers of a waterline, lowest first, with the thresholds that are in effect for each.
 *
 * <p>A tier's effective threshold is, per signal and for freezing and thawing alike, the minimum over its own and all higher
 * tiers'. So the ladder is monotone by construction: whatever freezes a tier freezes all tiers below it, and the state of a
 * node is one number, its <em>floor</em>: pods with priority below the floor may not land there.
 */
public final class Ladder {
    /** The floor of a node on which even the last tier is frozen: above every priority that a user may give. */
    public static final int ABOVE_EVERY_USER_PRIORITY = 1_000_000_001;

    private final List<Tier> tiers;
    private final List<List<Threshold>> thresholds;
    private final SortedSet<Integer> floors;

    /**
     * As the tiers are written, without windows and shift.
     *
     * @param tiers lowest first, one at least
     * @throws IllegalArgumentException if there is none, names repeat, minimum priorities do not rise from tier to tier, or a
     *     waterline is above every priority that a user may give, where no floor could freeze it
     */
    public Ladder(List<Tier> tiers) {
        this(
                tiers,
                tiers.stream().map(Tier::thresholds).toList(),
                tiers.stream().map(tier -> !tier.waterlines().isEmpty()).toList());
    }

    /**
     * @param own each tier's own thresholds in effect
     * @param mayFreeze of each tier, whether it ever has thresholds of its own
     */
    Ladder(List<Tier> tiers, List<List<Threshold>> own, List<Boolean> mayFreeze) {
        requireAscending(tiers);
        this.tiers = List.copyOf(tiers);
        this.thresholds = effective(own);
        int highest = mayFreeze.lastIndexOf(true);
        for (int i = 1; i <= highest; i++) {
            if (tiers.get(i).minPriority() >= ABOVE_EVERY_USER_PRIORITY) {
                throw new IllegalArgumentException("tier " + tiers.get(i).name() + " begins at priority "
                        + tiers.get(i).minPriority()
                        + ", where only pods of the cluster itself are, and those are never frozen: remove the waterlines of"
                        + " this tier and of those above it");
            }
        }
        this.floors = Collections.unmodifiableSortedSet(new TreeSet<>(
                IntStream.rangeClosed(0, highest).mapToObj(this::floorAbove).toList()));
    }

    private static void requireAscending(List<Tier> tiers) {
        if (tiers.isEmpty()) {
            throw new IllegalArgumentException("a ladder needs at least one tier");
        }
        if (tiers.stream().map(Tier::name).distinct().count() < tiers.size()) {
            throw new IllegalArgumentException("tier names must be unique");
        }
        for (int i = 1; i < tiers.size(); i++) {
            var tier = tiers.get(i);
            var below = tiers.get(i - 1);
            if (tier.minPriority() < 0 || (i > 1 && tier.minPriority() <= below.minPriority())) {
                throw new IllegalArgumentException("tier " + tier.name() + " begins at priority " + tier.minPriority()
                        + ", which is not above tier " + below.name() + "'s " + below.minPriority()
                        + ": list the tiers from the lowest priority to the highest");
            }
        }
    }

    private static List<List<Threshold>> effective(List<List<Threshold>> own) {
        var strictest = new TreeMap<String, Threshold>();
        var fromTheTop = new ArrayList<List<Threshold>>();
        for (var thresholds : own.reversed()) {
            for (var threshold : thresholds) {
                strictest.merge(threshold.signal(), threshold, (higher, lower) -> lower.stricter(higher));
            }
            fromTheTop.add(List.copyOf(strictest.values()));
        }
        return List.copyOf(fromTheTop.reversed());
    }

    public List<Tier> tiers() {
        return tiers;
    }

    /** The thresholds in effect for the tier at this index, by signal name; empty if it is protected now. */
    public List<Threshold> thresholds(int tier) {
        return thresholds.get(tier);
    }

    /** The floor of a node whose highest frozen tier is the one at this index. */
    public int floorAbove(int tier) {
        return tier + 1 < tiers.size() ? tiers.get(tier + 1).minPriority() : ABOVE_EVERY_USER_PRIORITY;
    }

    /**
     * Every floor that this ladder may ask for, ascending: those of windows that are not in effect too. A floor must be proven
     * before it is needed.
     */
    public SortedSet<Integer> floors() {
        return floors;
    }
}
