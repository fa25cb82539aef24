package dev.waterline.decision.scaling;

import java.util.ArrayList;
import java.util.Optional;

/** What holds a count although the triggers and the spec would let it go: people's switches, and nodes that are frozen. */
final class Restraints {
    private Restraints() {}

    static Limits of(ScalingPolicy policy, ScalingInput input, Limits limits) {
        int present = input.present();
        if (limits.replicas() < present) {
            return input.switches()
                    .noScaleIn()
                    .map(by -> held(limits, Limit.Kind.ScaleInPaused, present, by))
                    .orElse(limits);
        }
        if (limits.replicas() > present) {
            return input.switches()
                    .noScaleOut()
                    .map(by -> held(limits, Limit.Kind.ScaleOutPaused, present, by))
                    .or(() -> frozenBy(policy, input)
                            .map(waterline -> held(limits, Limit.Kind.NodesFrozen, present, waterline)))
                    .orElse(limits);
        }
        return limits;
    }

    private static Optional<String> frozenBy(ScalingPolicy policy, ScalingInput input) {
        return switch (policy.whenFrozen()) {
            case HOLD -> input.frozenBy();
            case IGNORE -> Optional.empty();
        };
    }

    private static Limits held(Limits limits, Limit.Kind kind, int present, String by) {
        var hit = new ArrayList<>(limits.hit());
        hit.add(new Limit(kind, limits.replicas(), present, Optional.of(by)));
        return new Limits(present, hit);
    }
}
