package dev.waterline.decision.scaling;

import java.time.Duration;
import java.util.List;

/**
 * How fast the count may go in one direction. A number outside its range is an IllegalArgumentException.
 *
 * @param stabilizationWindow the mildest recommendation of so long a time counts; 0 to 1 h
 * @param policies at least one
 */
public record ScalingRules(Duration stabilizationWindow, Select select, List<RatePolicy> policies) {
    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

    /** HPA's defaults for a behavior that is given: at once, and four pods or twice as many each 15 s. */
    public static final ScalingRules UP = new ScalingRules(
            Duration.ZERO,
            Select.MAX,
            List.of(
                    new RatePolicy(RatePolicy.Type.PODS, 4, Duration.ofSeconds(15)),
                    new RatePolicy(RatePolicy.Type.PERCENT, 100, Duration.ofSeconds(15))));

    /** HPA's defaults for a behavior that is given: after five minutes, and then at once. */
    public static final ScalingRules DOWN = new ScalingRules(
            Duration.ofMinutes(5),
            Select.MAX,
            List.of(new RatePolicy(RatePolicy.Type.PERCENT, 100, Duration.ofSeconds(15))));

    public ScalingRules {
        policies = List.copyOf(policies);
        if (stabilizationWindow.isNegative() || stabilizationWindow.compareTo(LONGEST_WINDOW) > 0) {
            throw new IllegalArgumentException("stabilizationWindowSeconds must be 0 to %d, not %d"
                    .formatted(LONGEST_WINDOW.toSeconds(), stabilizationWindow.toSeconds()));
        }
        if (policies.isEmpty()) {
            throw new IllegalArgumentException("policies must hold at least one policy");
        }
    }

    /** Which of several policies counts. */
    public enum Select {
        /** The one that allows most change. */
        MAX,
        /** The one that allows least change. */
        MIN,
        /** None: no change in this direction. */
        DISABLED
    }
}
