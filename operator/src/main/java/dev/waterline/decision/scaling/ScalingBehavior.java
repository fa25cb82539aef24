package dev.waterline.decision.scaling;

import java.time.Duration;
import java.util.stream.Stream;

/** HPA's {@code behavior}, each direction with its defaults filled in. */
public record ScalingBehavior(ScalingRules up, ScalingRules down) {
    public static final ScalingBehavior DEFAULT = new ScalingBehavior(ScalingRules.UP, ScalingRules.DOWN);

    /** No recommendation is of use for longer. */
    Duration longestWindow() {
        return longer(up.stabilizationWindow(), down.stabilizationWindow());
    }

    /** No scale event is of use for longer. */
    Duration longestPeriod() {
        return Stream.concat(up.policies().stream(), down.policies().stream())
                .map(RatePolicy::period)
                .reduce(Duration.ZERO, ScalingBehavior::longer);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
