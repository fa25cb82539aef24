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
 * @param failed those without a number
 */
record Combination(Optional<Proposal.Counted> winner, boolean active, List<Proposal.Failed> failed) {
    Combination {
        failed = List.copyOf(failed);
    }

    static Combination of(List<Proposal> proposals) {
        Optional<Proposal.Counted> winner = Optional.empty();
        boolean active = false;
        var failed = new ArrayList<Proposal.Failed>();
        for (var proposal : proposals) {
            switch (proposal) {
                case Proposal.Counted counted -> {
                    active |= counted.active();
                    if (winner.filter(best -> best.replicas() >= counted.replicas())
                            .isEmpty()) {
                        winner = Optional.of(counted);
                    }
                }
                case Proposal.Failed failure -> failed.add(failure);
            }
        }
        return new Combination(winner, active, failed);
    }
}
