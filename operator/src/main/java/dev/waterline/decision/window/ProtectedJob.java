package dev.waterline.decision.window;

import java.time.Instant;
import java.util.Optional;

/**
 * A Job that a window protects.
 *
 * @param name {@code namespace/name}
 * @param createdAt when it came into being
 * @param startedAt when it began to run; empty: not yet, or suspended
 * @param completions how many tasks it has, at least 1
 * @param succeeded how many of them are done
 * @param running how many run
 * @param parallelism how many may run
 * @param succeededAt when all of it was done
 * @param failedAt when it failed for good
 */
public record ProtectedJob(
        String name,
        Instant createdAt,
        Optional<Instant> startedAt,
        int completions,
        int succeeded,
        int running,
        int parallelism,
        Optional<Instant> succeededAt,
        Optional<Instant> failedAt) {

    boolean hasSucceededBy(Instant deadline) {
        return succeededAt.filter(at -> !at.isAfter(deadline)).isPresent();
    }

    boolean hasFailed() {
        return failedAt.isPresent();
    }

    /** Not what was over before the window, and not what came after its deadline. */
    boolean belongsTo(SettlementTerm term) {
        return createdAt.isBefore(term.deadline())
                && succeededAt
                        .or(() -> failedAt)
                        .filter(at -> at.isBefore(term.from()))
                        .isEmpty();
    }

    int remaining() {
        return Math.max(1, completions - succeeded);
    }
}
