package dev.waterline.decision.relief;

import java.time.Duration;
import java.time.Instant;

/**
 * A workload's rest after one of its pods was evicted, or refused to go. It doubles with every time, from one minute to an hour,
 * so that a pod that always comes back hot is not evicted for ever; an hour without another is forgiven.
 *
 * @param times in a row
 * @param until no pod of the workload is evicted before
 */
public record WorkloadPause(int times, Instant until) {
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int DOUBLINGS = 6;

    static WorkloadPause first(Instant now) {
        return new WorkloadPause(1, now.plus(FIRST));
    }

    WorkloadPause again(Instant now) {
        var doubled = FIRST.multipliedBy(1L << Math.min(times, DOUBLINGS));
        return new WorkloadPause(times + 1, now.plus(doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST));
    }

    boolean isOver(Instant now) {
        return !now.isBefore(until);
    }

    boolean isForgiven(Instant now) {
        return !now.isBefore(until.plus(LONGEST));
    }
}
