package dev.waterline.decision.pressure;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What is seen of a pool in one pass.
 *
 * @param nodes those that the policy selects now
 * @param answers by signal name: what each source last said. Give the same answers again to decide anew without asking anew
 *     (an edited policy acts on the samples at hand); a signal without an answer has never been asked
 * @param reserved by signal name and node name, the ratio that pods which are bound and not yet measured will add; absent: none
 */
public record Observation(
        List<PoolNode> nodes, Map<String, SourceAnswer> answers, Map<String, Map<String, Double>> reserved) {
    public Observation {
        nodes = List.copyOf(nodes);
        answers = Map.copyOf(answers);
        reserved = Map.copyOf(reserved);
    }

    /** Of nodes in no zone, with nothing reserved. */
    public static Observation of(Collection<String> nodes, Map<String, SourceAnswer> answers) {
        return new Observation(
                nodes.stream().map(name -> new PoolNode(name, "")).toList(), answers, Map.of());
    }
}
