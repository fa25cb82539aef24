package dev.waterline.relief;

import dev.waterline.decision.relief.EvictionRound;
import dev.waterline.decision.relief.ReliefDecision;
import java.util.Map;
import java.util.Optional;

/** Told what relief does. Waterlines are named by UID; one that is gone may still be named. */
public interface ReliefListener {

    /** @param enforced false: it was rehearsed only */
    void decided(String waterline, ReliefDecision decision, boolean enforced);

    /**
     * How the evictions that a waterline asks for stood in the last pass.
     *
     * @param stopped by node name, why nothing or nothing more was evicted
     * @param usageProblem why pod usage is not known
     */
    void evictions(String waterline, Map<String, EvictionRound.Reason> stopped, Optional<String> usageProblem);

    /**
     * Which pods are throttled.
     *
     * @param pods their number by UID of the waterline and tier name
     */
    void throttled(Map<String, Map<String, Integer>> pods);
}
