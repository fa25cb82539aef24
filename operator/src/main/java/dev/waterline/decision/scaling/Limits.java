package dev.waterline.decision.scaling;

import java.util.ArrayList;
import java.util.List;

/**
 * A number after its limits.
 *
 * @param hit each limit that bit, in the order in which they apply
 */
record Limits(int replicas, List<Limit> hit) {
    Limits {
        hit = List.copyOf(hit);
    }

    /** Something is going on, so there is at least one replica even where the minimum is 0. */
    static Limits of(ScalingPolicy policy, int wanted) {
        var hit = new ArrayList<Limit>();
        int replicas = Math.max(1, wanted);
        if (replicas < policy.min()) {
            replicas = policy.min();
            hit.add(new Limit(Limit.Kind.AtMin, wanted, replicas));
        }
        if (replicas > policy.max()) {
            replicas = policy.max();
            hit.add(new Limit(Limit.Kind.AtMax, wanted, replicas));
        }
        return new Limits(replicas, hit);
    }
}
