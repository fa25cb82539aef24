package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.ScaledWorkloadSpec;
import dev.waterline.api.v1alpha1.Trigger;
import dev.waterline.decision.scaling.Target.Measure;
import dev.waterline.trigger.PreparedTrigger;
import dev.waterline.trigger.TriggerSettings;
import dev.waterline.trigger.TriggerTypes;
import java.util.ArrayList;
import java.util.HashSet;

/** From the spec that people write to what the core and the trigger types know. */
final class ScalingPlanMapper {
    private final TriggerTypes types;

    ScalingPlanMapper(TriggerTypes types) {
        this.types = types;
    }

    ScalingPlan plan(ScaledWorkloadSpec spec) {
        var triggers = new ArrayList<NamedTrigger>();
        var names = new HashSet<String>();
        for (int i = 0; i < spec.triggers().size(); i++) {
            var trigger = spec.triggers().get(i);
            var path = "spec.triggers[%d]".formatted(i);
            var given = trigger.name();
            var name = given == null || given.isBlank() ? trigger.type() + "-" + i : given;
            if (!names.add(name)) {
                return new ScalingPlan.Invalid(
                        "InvalidTrigger",
                        "%s.name %s is taken already: give each trigger its own".formatted(path, name));
            }
            switch (types.prepare(
                    new TriggerSettings(path, trigger.type(), measure(trigger.metricType()), trigger.metadata()))) {
                case PreparedTrigger.Usable usable -> triggers.add(new NamedTrigger(name, usable));
                case PreparedTrigger.Invalid(String message) -> {
                    return new ScalingPlan.Invalid("InvalidTrigger", message);
                }
            }
        }
        if (triggers.isEmpty()) {
            return new ScalingPlan.Invalid("InvalidTrigger", "spec.triggers is empty: name at least one trigger");
        }
        try {
            return new ScalingPlan.Usable(ScalingPolicyMapper.policy(spec), triggers);
        } catch (IllegalArgumentException e) {
            return new ScalingPlan.Invalid("InvalidSpec", "spec." + e.getMessage());
        }
    }

    private static Measure measure(Trigger.MetricType type) {
        return switch (type) {
            case AverageValue -> Measure.AVERAGE_VALUE;
            case Value -> Measure.VALUE;
        };
    }
}
