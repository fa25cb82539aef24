package dev.waterline.decision.pressure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Meters thaws, so that a pool that cools at once does not let a herd in at once: in any minute at most a share of the frozen
 * nodes thaws, and one at least. It counts the last minute exactly, so no minute, wherever it begins, sees more. A meter that
 * knows nothing, as after a restart, has one minute's worth to give and no more.
 *
 * @param granted what was granted within the last minute, oldest first
 */
public record ThawMeter(List<Grant> granted) {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final double ROUNDING = 1e-9;
    private static final ThawMeter FULL = new ThawMeter(List.of());

    /** @param nodes how many were thawed then */
    public record Grant(Instant at, int nodes) {}

    public ThawMeter {
        granted = List.copyOf(granted);
    }

    static ThawMeter full() {
        return FULL;
    }

    /**
     * How many nodes may thaw now.
     *
     * @param share of the frozen nodes, each minute; 1: all
     */
    int allowance(double share, int frozenNodes, Instant now) {
        if (share >= 1) {
            return Integer.MAX_VALUE;
        }
        int lately = recent(now).mapToInt(Grant::nodes).sum();
        return Math.max(0, Math.max(1, (int) (share * frozenNodes + ROUNDING)) - lately);
    }

    ThawMeter after(int nodes, Instant now) {
        var lately = recent(now);
        return new ThawMeter((nodes == 0 ? lately : Stream.concat(lately, Stream.of(new Grant(now, nodes)))).toList());
    }

    /** A grant in the future was given before the clock was set back; nobody can say how long ago. */
    private Stream<Grant> recent(Instant now) {
        return granted.stream()
                .filter(grant ->
                        grant.at().isAfter(now.minus(MINUTE)) && !grant.at().isAfter(now));
    }
}
