package dev.waterline.decision.scaling;

import java.time.Instant;

/**
 * HPA's rate policies, with its doubles in its order: {@code ceil(100 × (1 + 10/100))} is 111, as the product is
 * 110.00000000000001, and {@code trunc(10 × (1 − 90/100))} is 0.
 *
 * <p>A period starts with the count that there was before all that was added and removed within it, so that a count that went
 * up and down again may go up again.
 */
final class RateLimits {
    private RateLimits() {}

    /** The most that {@code present} may become; not below it. */
    static int up(ScalingRules rules, ScaleEvents events, int present, Instant now) {
        if (rules.select() == ScalingRules.Select.DISABLED) {
            return present;
        }
        boolean least = rules.select() == ScalingRules.Select.MIN;
        int limit = least ? Integer.MAX_VALUE : Integer.MIN_VALUE;
        for (var policy : rules.policies()) {
            int start = events.atStart(present, policy.period(), now);
            int proposed = switch (policy.type()) {
                case PODS -> saturated((long) start + policy.value());
                case PERCENT -> (int) Math.ceil(start * (1 + (double) policy.value() / 100));
            };
            limit = least ? Math.min(limit, proposed) : Math.max(limit, proposed);
        }
        return Math.max(limit, present);
    }

    /** The least that {@code present} may become; not above it. */
    static int down(ScalingRules rules, ScaleEvents events, int present, Instant now) {
        if (rules.select() == ScalingRules.Select.DISABLED) {
            return present;
        }
        boolean least = rules.select() == ScalingRules.Select.MIN;
        int limit = least ? Integer.MIN_VALUE : Integer.MAX_VALUE;
        for (var policy : rules.policies()) {
            int start = events.atStart(present, policy.period(), now);
            int proposed = switch (policy.type()) {
                case PODS -> saturated((long) start - policy.value());
                case PERCENT -> (int) (start * (1 - (double) policy.value() / 100));
            };
            limit = least ? Math.max(limit, proposed) : Math.min(limit, proposed);
        }
        return Math.min(limit, present);
    }

    private static int saturated(long replicas) {
        return Math.clamp(replicas, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
}
