package dev.waterline.reconciler;

import dev.waterline.cluster.PodSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Which waiting pods are told why now. Each is told once for each situation, at most every five minutes, and again after an
 * hour, when the API server has forgotten the first event. All together are told at most so many a minute; the others wait
 * for the next, the highest priority first.
 */
final class PodNotices {
    static final int PER_MINUTE = 120;
    static final Duration NOT_MORE_OFTEN_THAN = Duration.ofMinutes(5);
    static final Duration AGAIN_AFTER = Duration.ofHours(1);

    /**
     * A pod that waits for a node.
     *
     * @param situation what keeps it away; the same text as long as that is the same
     */
    record Waiting(PodSummary pod, String situation) {}

    /**
     * @param now these are told now
     * @param heldBack so many more would be if the minute had room for them
     */
    record Due(List<Waiting> now, int heldBack) {}

    private record Told(Instant at, String situation) {}

    private final Map<String, Told> told = new HashMap<>();
    private double room = PER_MINUTE;
    private Instant refilledAt = Instant.MAX;

    Due due(List<Waiting> waiting, Instant now) {
        refill(now);
        forget(waiting, now);
        var wanting = new ArrayList<>(
                waiting.stream().filter(one -> wantsToKnow(one, now)).toList());
        wanting.sort(Comparator.comparingInt((Waiting one) -> -one.pod().priority())
                .thenComparing(one -> one.pod().unschedulableSince().orElse(now))
                .thenComparing(one -> one.pod().uid()));
        int many = Math.min(wanting.size(), (int) room);
        var first = List.copyOf(wanting.subList(0, many));
        room -= many;
        first.forEach(one -> told.put(one.pod().uid(), new Told(now, one.situation())));
        return new Due(first, wanting.size() - many);
    }

    private boolean wantsToKnow(Waiting one, Instant now) {
        var last = told.get(one.pod().uid());
        if (last == null) {
            return true;
        }
        var since = Duration.between(last.at(), now);
        return since.compareTo(last.situation().equals(one.situation()) ? AGAIN_AFTER : NOT_MORE_OFTEN_THAN) >= 0;
    }

    private void refill(Instant now) {
        if (refilledAt.isBefore(now)) {
            var minutes = Duration.between(refilledAt, now).toMillis() / 60_000.0;
            room = Math.min(PER_MINUTE, room + PER_MINUTE * minutes);
        }
        refilledAt = now;
    }

    /** A pod that waits no longer is remembered for as long as it may not be told again. */
    private void forget(List<Waiting> waiting, Instant now) {
        var present = new HashSet<String>();
        waiting.forEach(one -> present.add(one.pod().uid()));
        told.entrySet()
                .removeIf(entry -> !present.contains(entry.getKey())
                        && Duration.between(entry.getValue().at(), now).compareTo(NOT_MORE_OFTEN_THAN) >= 0);
    }
}
