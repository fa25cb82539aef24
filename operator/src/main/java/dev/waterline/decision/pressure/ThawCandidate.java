package dev.waterline.decision.pressure;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A node that would thaw if the meter let it.
 *
 * @param state as it is frozen
 * @param starved whether it would thaw a tier that has nowhere to go
 * @param tier position of the highest tier that would thaw
 * @param since when that tier froze
 */
record ThawCandidate(PoolNode node, NodeState state, boolean starved, int tier, Instant since) {
    /** Starved tiers first, then the highest tiers, then what has been frozen for longest; the name decides between equals. */
    private static final Comparator<ThawCandidate> LINE = Comparator.comparing(
                    (ThawCandidate candidate) -> !candidate.starved())
            .thenComparing(Comparator.comparingInt(ThawCandidate::tier).reversed())
            .thenComparing(ThawCandidate::since)
            .thenComparing(candidate -> candidate.node().name());

    /** @return the first in line, so many at most */
    static List<ThawCandidate> first(List<ThawCandidate> candidates, int allowance) {
        return candidates.size() <= allowance
                ? candidates
                : candidates.stream().sorted(LINE).limit(allowance).toList();
    }
}
