package dev.waterline.decision.window;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast a Job has been seen to go. A Job's status counts tasks and does not time them; so the time that tasks have run is
 * summed up while the Job is watched, and taken to have gone as now before.
 *
 * @param seenAt when this was last brought up to date
 * @param running how many tasks ran then
 * @param worked seconds that all tasks have run, together
 * @param ranAt when one was last seen running
 */
public record JobPace(Instant seenAt, int running, double worked, Instant ranAt) {

    /** @param idleSince when its last task ran, if none does now */
    static JobPace first(ProtectedJob job, Instant idleSince, Instant now) {
        double elapsed = job.startedAt().map(start -> seconds(start, now)).orElse(0.0);
        return new JobPace(now, job.running(), elapsed * job.running(), job.running() > 0 ? now : idleSince);
    }

    JobPace next(ProtectedJob job, Instant now) {
        return new JobPace(
                now, job.running(), worked + running * seconds(seenAt, now), job.running() > 0 ? now : ranAt);
    }

    /**
     * Remaining tasks times their mean duration, over the parallelism that runs; over the one that the Job may have, while none
     * does. A task that runs counts as not begun. The mean takes running tasks for half done, so that a wave of tasks which is
     * about to finish does not look slow; before any has finished it is what they have run so far.
     */
    Duration required(ProtectedJob job) {
        double tasks = Math.max(1, Math.max(job.running(), job.succeeded() + job.running() / 2.0));
        double parallel = Math.max(1, job.running() > 0 ? job.running() : job.parallelism());
        return Duration.ofMillis(Math.round(1000 * job.remaining() * (worked / tasks) / parallel));
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
    }
}
