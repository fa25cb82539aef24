package dev.waterline.decision.pressure;

import java.util.List;
import java.util.Map;

/**
 * What one step yields.
 *
 * @param nodes the new states, by node name
 * @param contributions the floors wanted, by node name; absent: none
 * @param decisions what has changed
 * @param summary the pool as it now is
 */
public record PoolStep(
        Map<String, NodeState> nodes,
        Map<String, Contribution> contributions,
        List<FreezeDecision> decisions,
        PoolSummary summary) {}
