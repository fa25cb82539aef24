package dev.waterline.decision.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All proposals of one poll as one: the greatest number wins. Inactive triggers take part, as they do in KEDA: whether a
 * trigger is active decides between something and nothing only, and is asked for later.
 *
 * @param winner the first of those that ask for most; empty: every trigger has failed
 * @param active whether any trigger is
 * @param failed those without a value
 */
record Combination(Optional<Proposal.Measured> winner, boolean active, List<Proposal.Failed> failed) {
    Combination {
        failed = List.copyOf(failed);
    }

    static Combination of(List<Proposal> proposals) {
        Optional<Proposal.Measured> winner = Optional.empty();
        boolean active = false;
        var failed = new ArrayList<Proposal.Failed>();
        for (var proposal : proposals) {
            switch (proposal) {
                case Proposal.Measured measured -> {
                    active |= measured.active();
                    if (winner.filter(best -> best.replicas() >= measured.replicas())
                            .isEmpty()) {
                        winner = Optional.of(measured);
                    }
                }
                case Proposal.Failed failure -> failed.add(failure);
            }
        }
        return new Combination(winner, active, failed);
    }
}
