package dev.waterline.decision.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Policies and states for tests. */
final class Workloads {
    /** It neither waits nor slows down, so that what is decided shows at once. */
    static final ScalingBehavior UNLIMITED = new ScalingBehavior(unlimited(), unlimited());

    private Workloads() {}

    static ScalingPolicy policy(int min, int max, OptionalInt idle, Duration cooldown) {
        return policy(min, max, idle, cooldown, UNLIMITED, Optional.empty());
    }

    static ScalingPolicy policy(
            int min,
            int max,
            OptionalInt idle,
            Duration cooldown,
            ScalingBehavior behavior,
            Optional<Fallback> fallback) {
        return new ScalingPolicy(
                min,
                max,
                idle,
                cooldown,
                cooldown,
                Tolerance.DEFAULT,
                Optional.of(behavior),
                fallback,
                ScalingPolicy.WhenFrozen.HOLD);
    }

    static ScalingState lastActive(Instant at) {
        return new ScalingState(at, Optional.of(at), Recommendations.NONE, ScaleEvents.NONE, Map.of());
    }

    private static ScalingRules unlimited() {
        return new ScalingRules(
                Duration.ZERO,
                ScalingRules.Select.MAX,
                List.of(new RatePolicy(RatePolicy.Type.PODS, 1_000_000_000, Duration.ofSeconds(1))));
    }
}
