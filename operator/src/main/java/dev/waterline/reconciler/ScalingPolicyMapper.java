package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.Advanced;
import dev.waterline.api.v1alpha1.Behavior;
import dev.waterline.api.v1alpha1.HorizontalPodAutoscalerConfig;
import dev.waterline.api.v1alpha1.ScaledWorkloadSpec;
import dev.waterline.api.v1alpha1.WhenFrozen;
import dev.waterline.decision.scaling.Fallback;
import dev.waterline.decision.scaling.RatePolicy;
import dev.waterline.decision.scaling.ScalingBehavior;
import dev.waterline.decision.scaling.ScalingPolicy;
import dev.waterline.decision.scaling.ScalingRules;
import dev.waterline.decision.scaling.Tolerance;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** From the limits that people write to those that the core knows. */
final class ScalingPolicyMapper {
    private static final String BEHAVIOR = "advanced.horizontalPodAutoscalerConfig.behavior.";

    private ScalingPolicyMapper() {}

    /** @throws IllegalArgumentException if the spec says what cannot be; the message names the field below {@code spec} */
    static ScalingPolicy policy(ScaledWorkloadSpec spec) {
        var cooldown = Duration.ofSeconds(spec.cooldownPeriod());
        var behavior = Optional.ofNullable(spec.advanced())
                .map(Advanced::horizontalPodAutoscalerConfig)
                .map(HorizontalPodAutoscalerConfig::behavior);
        return new ScalingPolicy(
                spec.minReplicaCount(),
                spec.maxReplicaCount(),
                optional(spec.idleReplicaCount()),
                cooldown,
                spec.initialCooldownPeriod() == null ? cooldown : Duration.ofSeconds(spec.initialCooldownPeriod()),
                new Tolerance(
                        tolerance("scaleUp", behavior.map(Behavior::scaleUp), Tolerance.DEFAULT.up()),
                        tolerance("scaleDown", behavior.map(Behavior::scaleDown), Tolerance.DEFAULT.down())),
                behavior.flatMap(ScalingPolicyMapper::behavior),
                fallback(spec),
                spec.pressure() != null && spec.pressure().whenFrozen() == WhenFrozen.Ignore
                        ? ScalingPolicy.WhenFrozen.IGNORE
                        : ScalingPolicy.WhenFrozen.HOLD);
    }

    /** As in HPA a behavior that says nothing is none, and one that says anything has the defaults for all the rest. */
    private static Optional<ScalingBehavior> behavior(Behavior behavior) {
        return behavior.scaleUp() == null && behavior.scaleDown() == null
                ? Optional.empty()
                : Optional.of(new ScalingBehavior(
                        rules("scaleUp", behavior.scaleUp(), ScalingRules.UP),
                        rules("scaleDown", behavior.scaleDown(), ScalingRules.DOWN)));
    }

    private static ScalingRules rules(String direction, Behavior.@Nullable Rules given, ScalingRules defaults) {
        if (given == null) {
            return defaults;
        }
        try {
            return new ScalingRules(
                    given.stabilizationWindowSeconds() == null
                            ? defaults.stabilizationWindow()
                            : Duration.ofSeconds(given.stabilizationWindowSeconds()),
                    given.selectPolicy() == null ? defaults.select() : select(given.selectPolicy()),
                    given.policies() == null ? defaults.policies() : policies(given.policies()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(BEHAVIOR + direction + "." + e.getMessage(), e);
        }
    }

    private static List<RatePolicy> policies(List<Behavior.Policy> policies) {
        return policies.stream()
                .map(policy -> new RatePolicy(
                        switch (policy.type()) {
                            case Pods -> RatePolicy.Type.PODS;
                            case Percent -> RatePolicy.Type.PERCENT;
                        },
                        policy.value(),
                        Duration.ofSeconds(policy.periodSeconds())))
                .toList();
    }

    private static ScalingRules.Select select(Behavior.SelectPolicy policy) {
        return switch (policy) {
            case Max -> ScalingRules.Select.MAX;
            case Min -> ScalingRules.Select.MIN;
            case Disabled -> ScalingRules.Select.DISABLED;
        };
    }

    private static double tolerance(String direction, Optional<Behavior.Rules> rules, double otherwise) {
        var given = rules.map(Behavior.Rules::tolerance);
        if (given.isEmpty()) {
            return otherwise;
        }
        var text = Objects.requireNonNullElseGet(
                given.get().getStrVal(), () -> String.valueOf(given.get().getIntVal()));
        try {
            return Quantity.parse(text).getNumericalAmount().doubleValue();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s%s.tolerance must be a quantity such as \"0.05\" or \"50m\", not %s"
                            .formatted(BEHAVIOR, direction, text),
                    e);
        }
    }

    private static Optional<Fallback> fallback(ScaledWorkloadSpec spec) {
        return Optional.ofNullable(spec.fallback())
                .map(given -> new Fallback(
                        given.failureThreshold(),
                        given.replicas(),
                        switch (given.behavior()) {
                            case STATIC -> Fallback.Behavior.STATIC;
                            case currentReplicas -> Fallback.Behavior.CURRENT_REPLICAS;
                            case currentReplicasIfHigher -> Fallback.Behavior.CURRENT_REPLICAS_IF_HIGHER;
                            case currentReplicasIfLower -> Fallback.Behavior.CURRENT_REPLICAS_IF_LOWER;
                            case scalingModifiers ->
                                throw new IllegalArgumentException(
                                        "fallback.behavior scalingModifiers is not supported yet, nor is a formula: choose"
                                                + " static, or another of those that the reference lists");
                        }));
    }

    private static OptionalInt optional(@Nullable Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
