package dev.waterline.demo;

import dev.waterline.observer.Freeze;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What freezes and binds, laid beside each other, say about the promises.
 *
 * @param freezes of this story
 * @param leaks binds of lower tiers to a node whose freeze was acknowledged and not over
 * @param protectedOnFrozen binds of the protected tier to such nodes
 * @param lowerTier all binds of lower tiers
 * @param lowerTierMeanwhile how many of them while at least one node was frozen
 */
record FreezeReport(
        List<Freeze> freezes,
        List<Bind> leaks,
        List<Bind> protectedOnFrozen,
        List<Bind> lowerTier,
        long lowerTierMeanwhile) {

    /** @param isProtected whether a bind is of the protected tier; all others are of lower ones */
    static FreezeReport of(Witness witness, Predicate<Bind> isProtected) {
        return of(witness.freezes(), witness.binds(), witness.tolerance(), isProtected);
    }

    static FreezeReport of(List<Freeze> freezes, List<Bind> binds, Duration tolerance, Predicate<Bind> isProtected) {
        var byNode = freezes.stream().collect(Collectors.groupingBy(Freeze::node));
        var leaks = new ArrayList<Bind>();
        var landed = new ArrayList<Bind>();
        var lower = new ArrayList<Bind>();
        long meanwhile = 0;
        for (var bind : binds) {
            boolean covered = byNode.getOrDefault(bind.node(), List.of()).stream()
                    .anyMatch(freeze -> freeze.covers(bind.at(), tolerance));
            if (isProtected.test(bind)) {
                if (covered) {
                    landed.add(bind);
                }
                continue;
            }
            lower.add(bind);
            if (covered) {
                leaks.add(bind);
            }
            if (freezes.stream().anyMatch(freeze -> freeze.covers(bind.at(), tolerance))) {
                meanwhile++;
            }
        }
        return new FreezeReport(freezes, leaks, landed, lower, meanwhile);
    }

    Set<String> nodes() {
        return freezes.stream().map(Freeze::node).collect(Collectors.toSet());
    }

    /** How often each of the nodes froze. */
    Map<String, Long> timesPerNode() {
        return freezes.stream().collect(Collectors.groupingBy(Freeze::node, TreeMap::new, Collectors.counting()));
    }

    long acknowledged() {
        return freezes.stream().filter(freeze -> freeze.acknowledged() != null).count();
    }

    long released() {
        return freezes.stream().filter(freeze -> freeze.released() != null).count();
    }

    /** From each decision to its acknowledgement, in ascending order; freezes of which either is unknown are left out. */
    List<Duration> acknowledgementTimes(Map<String, List<Instant>> decisions) {
        var times = new ArrayList<Duration>();
        for (var freeze : freezes) {
            var acknowledged = freeze.acknowledged();
            if (acknowledged != null) {
                decisions.getOrDefault(freeze.node(), List.of()).stream()
                        .filter(decided -> !decided.isAfter(acknowledged))
                        .max(Instant::compareTo)
                        .ifPresent(decided -> times.add(Duration.between(decided, acknowledged)));
            }
        }
        return times.stream().sorted().toList();
    }
}
