package dev.waterline.decision.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A number after its limits, in HPA's order: stabilization, then rate, then minimum and maximum.
 *
 * @param hit each limit that bit, in the order in which they apply
 */
record Limits(int replicas, List<Limit> hit) {
    /** HPA's for workloads without a behavior. */
    private static final Duration WINDOW_WITHOUT_BEHAVIOR = Duration.ofMinutes(5);

    private static final double FACTOR_WITHOUT_BEHAVIOR = 2.0;
    private static final double ALWAYS_ALLOWED_WITHOUT_BEHAVIOR = 4.0;

    Limits {
        hit = List.copyOf(hit);
    }

    /** Minimum and maximum only. */
    static Limits bounds(ScalingPolicy policy, int wanted) {
        return within(new Bound(Limit.Kind.AtMin, policy.least()), wanted, new Bound(Limit.Kind.AtMax, policy.max()));
    }

    /**
     * All limits.
     *
     * @param present not above the maximum, and not below {@code least}
     * @param least fewest replicas
     */
    static Limits all(ScalingPolicy policy, ScalingState state, int present, int wanted, int least, Instant now) {
        int stable = stabilized(policy, state.recommendations(), present, wanted, now);
        var hit = new ArrayList<Limit>();
        if (stable != wanted) {
            hit.add(new Limit(
                    stable > wanted ? Limit.Kind.ScaleDownStabilized : Limit.Kind.ScaleUpStabilized, wanted, stable));
        }
        var paced = within(
                atLeast(policy, state.events(), present, least, now),
                stable,
                atMost(policy, state.events(), present, now));
        hit.addAll(paced.hit());
        return new Limits(paced.replicas(), hit);
    }

    /**
     * All limits, on the way to rest. Nothing is meant to work between the minimum and an idle count, so the last step is made
     * in one, and at once where the rates allow a part of it.
     *
     * @param present above rest
     */
    static Limits toRest(ScalingPolicy policy, ScalingState state, int present, int rest, Instant now) {
        var limits = all(policy, state, present, rest, rest, now);
        if (limits.replicas() <= rest || limits.replicas() >= policy.least()) {
            return limits;
        }
        return present == policy.least() ? new Limits(rest, List.of()) : new Limits(policy.least(), limits.hit());
    }

    /** How long a recommendation counts. */
    static Duration memory(ScalingPolicy policy) {
        return policy.behavior().map(ScalingBehavior::longestWindow).orElse(WINDOW_WITHOUT_BEHAVIOR);
    }

    /** At the moment at which a window ends HPA still counts a recommendation without a behavior, and not with one. */
    private static int stabilized(
            ScalingPolicy policy, Recommendations recommendations, int present, int wanted, Instant now) {
        if (policy.behavior().isEmpty()) {
            var cutoff = now.minus(WINDOW_WITHOUT_BEHAVIOR);
            return recommendations.greatest(wanted, at -> !at.isBefore(cutoff));
        }
        var behavior = policy.behavior().get();
        var upCutoff = now.minus(behavior.up().stabilizationWindow());
        var downCutoff = now.minus(behavior.down().stabilizationWindow());
        int least = recommendations.least(wanted, at -> at.isAfter(upCutoff));
        int greatest = recommendations.greatest(wanted, at -> at.isAfter(downCutoff));
        return Math.clamp(present, least, greatest);
    }

    private static Bound atMost(ScalingPolicy policy, ScaleEvents events, int present, Instant now) {
        int rate = policy.behavior()
                .map(behavior -> RateLimits.up(behavior.up(), events, present, now))
                .orElseGet(() -> (int) Math.max(FACTOR_WITHOUT_BEHAVIOR * present, ALWAYS_ALLOWED_WITHOUT_BEHAVIOR));
        return rate < policy.max()
                ? new Bound(Limit.Kind.ScaleUpLimit, rate)
                : new Bound(Limit.Kind.AtMax, policy.max());
    }

    private static Bound atLeast(ScalingPolicy policy, ScaleEvents events, int present, int least, Instant now) {
        int rate = policy.behavior()
                .map(behavior -> RateLimits.down(behavior.down(), events, present, now))
                .orElse(least);
        return rate > least ? new Bound(Limit.Kind.ScaleDownLimit, rate) : new Bound(Limit.Kind.AtMin, least);
    }

    private record Bound(Limit.Kind kind, int replicas) {}

    private static Limits within(Bound least, int wanted, Bound most) {
        if (wanted < least.replicas()) {
            return new Limits(least.replicas(), List.of(new Limit(least.kind(), wanted, least.replicas())));
        }
        if (wanted > most.replicas()) {
            return new Limits(most.replicas(), List.of(new Limit(most.kind(), wanted, most.replicas())));
        }
        return new Limits(wanted, List.of());
    }
}
