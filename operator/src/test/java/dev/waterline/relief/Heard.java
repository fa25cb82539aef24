package dev.waterline.relief;

import dev.waterline.decision.relief.EvictionRound.Reason;
import dev.waterline.decision.relief.ReliefDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What relief has told. */
final class Heard implements ReliefListener {
    final List<ReliefDecision> decisions = new ArrayList<>();
    final List<ReliefDecision> rehearsed = new ArrayList<>();
    Map<String, Reason> stopped = Map.of();
    Optional<String> usageProblem = Optional.empty();
    Map<String, Map<String, Integer>> throttled = Map.of();

    @Override
    public synchronized void decided(String waterline, ReliefDecision decision, boolean enforced) {
        (enforced ? decisions : rehearsed).add(decision);
    }

    @Override
    public void evictions(String waterline, Map<String, Reason> reasons, Optional<String> problem) {
        stopped = reasons;
        usageProblem = problem;
    }

    @Override
    public void throttled(Map<String, Map<String, Integer>> pods) {
        throttled = pods;
    }

    /** Simple names of the decisions carried out. */
    List<String> kinds() {
        return decisions.stream()
                .map(decision -> decision.getClass().getSimpleName())
                .toList();
    }
}
