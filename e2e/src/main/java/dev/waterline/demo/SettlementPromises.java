package dev.waterline.demo;

import dev.waterline.report.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the settlement story was to show, and did.
 *
 * @param hot the nodes that were hot
 * @param turns the taints that came and went
 * @param decisions when each node's freezes were decided
 * @param denials binds that the guard denied
 * @param done tasks done
 * @param tasks tasks there were
 * @param finished when the last task was done
 */
record SettlementPromises(
        FreezeReport report,
        Set<String> hot,
        List<NodeWatch.Turn> turns,
        Map<String, List<Instant>> decisions,
        OptionalInt denials,
        int done,
        int tasks,
        Optional<Instant> finished,
        Instant deadline) {
    /** The interval of the story, which is 1 s, and one second more. */
    static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(2);

    List<Promise> measured() {
        return List.of(frozen(), acknowledged(), noLeaks(), protectedLand(), noFlapping(), inTime());
    }

    private Promise frozen() {
        var frozen = report.nodes();
        long right = frozen.stream().filter(hot::contains).count();
        long others = frozen.size() - right;
        return new Promise(
                "hot nodes frozen, and no others",
                "%d, 0 others".formatted(hot.size()),
                "%d, %d others".formatted(right, others),
                right == hot.size() && others == 0);
    }

    private Promise acknowledged() {
        var times = report.acknowledgementTimes(decisions);
        boolean complete = !times.isEmpty() && times.size() == report.freezes().size();
        return new Promise(
                "freeze decided → acknowledged",
                "≤ " + Elapsed.millis(ACKNOWLEDGED_WITHIN) + " each",
                times.isEmpty()
                        ? "no acknowledgement seen"
                        : "%s slowest, %s median of %d%s"
                                .formatted(
                                        Elapsed.millis(times.getLast()),
                                        Elapsed.millis(times.get(times.size() / 2)),
                                        times.size(),
                                        complete
                                                ? ""
                                                : "; %d without"
                                                        .formatted(
                                                                report.freezes().size() - times.size())),
                complete && times.getLast().compareTo(ACKNOWLEDGED_WITHIN) <= 0);
    }

    private Promise noLeaks() {
        return new Promise(
                "lower-tier pods bound to a frozen node",
                "0",
                report.acknowledged() == 0
                        ? "nothing was frozen"
                        : "%d of %d bound meanwhile%s"
                                .formatted(report.leaks().size(), report.lowerTierMeanwhile(), denied(denials)),
                report.acknowledged() > 0 && report.leaks().isEmpty() && report.lowerTierMeanwhile() > 0);
    }

    private Promise protectedLand() {
        int landed = report.protectedOnFrozen().size();
        return new Promise("banking-critical pods landing there", "> 0", Integer.toString(landed), landed > 0);
    }

    /** Both witnesses must agree: the guard's list and the taints. */
    private Promise noFlapping() {
        var froze = turnsPerNode(true);
        var thawed = turnsPerNode(false);
        boolean once = hot.stream()
                .allMatch(node -> report.timesPerNode().getOrDefault(node, 0L) == 1
                        && froze.getOrDefault(node, 0L) == 1
                        && thawed.getOrDefault(node, 0L) == 1);
        long most = Math.max(highest(report.timesPerNode()), Math.max(highest(froze), highest(thawed)));
        long open = report.freezes().size() - report.released();
        return new Promise(
                "freezes and thaws of each hot node",
                "1 and 1",
                once && open == 0 ? "1 and 1" : "up to %d; %d never thawed".formatted(most, open),
                once && open == 0);
    }

    private Promise inTime() {
        boolean early = finished.isPresent() && finished.get().isBefore(deadline);
        return new Promise(
                "banking-critical tasks done in time",
                "%d of %d".formatted(tasks, tasks),
                finished.map(at -> "%d of %d, %s %s"
                                .formatted(
                                        done,
                                        tasks,
                                        Elapsed.seconds(
                                                Duration.between(at, deadline).abs()),
                                        early ? "early" : "late"))
                        .orElse("%d of %d".formatted(done, tasks)),
                early);
    }

    static String denied(OptionalInt denials) {
        return denials.isPresent() ? "; binds denied: %d".formatted(denials.getAsInt()) : "";
    }

    private Map<String, Long> turnsPerNode(boolean frozen) {
        return turns.stream()
                .filter(turn -> turn.floor().isPresent() == frozen)
                .collect(Collectors.groupingBy(NodeWatch.Turn::node, Collectors.counting()));
    }

    private static long highest(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
