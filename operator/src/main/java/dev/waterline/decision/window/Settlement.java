package dev.waterline.decision.window;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ledger of one term at one moment.
 *
 * @param jobs how many Jobs are of this term
 * @param succeeded how many of them have succeeded in time
 * @param required how much longer the rest takes at the pace observed; empty if there is no rest, or no telling
 * @param shown {@code required} rounded to a step that is coarse for this term, and kept until it is a step off, so that
 *     what people are shown does not move all the while
 * @param unfinished names of the Jobs that have not succeeded, failed ones aside, sorted
 * @param stalled those of them of which no task has run for a minute
 * @param failed names of the Jobs that have failed for good, sorted
 * @param paces by Job name; memory, and nobody else's business
 * @param told the sentence with which an earlier life of the process has published it, names and all
 */
public record Settlement(
        SettlementTerm term,
        SettlementState state,
        int jobs,
        int succeeded,
        Optional<Duration> required,
        Optional<Duration> shown,
        List<String> unfinished,
        List<String> stalled,
        List<String> failed,
        Map<String, JobPace> paces,
        Optional<String> told) {

    public Settlement {
        unfinished = List.copyOf(unfinished);
        stalled = List.copyOf(stalled);
        failed = List.copyOf(failed);
        paces = Map.copyOf(paces);
    }

    /** What an earlier life of the process has published. */
    public static Settlement restored(
            SettlementTerm term,
            SettlementState state,
            int jobs,
            int succeeded,
            Optional<Duration> shown,
            String told) {
        return new Settlement(
                term,
                state,
                jobs,
                succeeded,
                Optional.empty(),
                shown,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.of(told));
    }

    /** Whether nothing can change it any more. */
    public boolean isFinal(Instant now) {
        return switch (state) {
            case Missed -> true;
            case Met, NoWork -> !now.isBefore(term.deadline());
            case OnTrack, AtRisk, Critical -> false;
        };
    }
}
