package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waterline.api.v1alpha1.ScaledWorkload;
import dev.waterline.decision.scaling.Fallback;
import dev.waterline.decision.scaling.RatePolicy;
import dev.waterline.decision.scaling.ScalingBehavior;
import dev.waterline.decision.scaling.ScalingPolicy;
import dev.waterline.decision.scaling.ScalingRules;
import dev.waterline.decision.scaling.Tolerance;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalingPolicyMapperTest {

    @Test
    void whatIsLeftOutHasItsDefaults() {
        assertThat(policy("{}"))
                .isEqualTo(new ScalingPolicy(
                        0,
                        100,
                        OptionalInt.empty(),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5),
                        Tolerance.DEFAULT,
                        Optional.empty(),
                        Optional.empty(),
                        ScalingPolicy.WhenFrozen.HOLD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "advanced: {}",
                "advanced: {horizontalPodAutoscalerConfig: {name: keda-hpa-api}}",
                "advanced: {horizontalPodAutoscalerConfig: {behavior: {}}}"
            })
    void aBehaviorThatSaysNothingIsNone(String spec) {
        assertThat(policy(spec).behavior()).isEmpty();
    }

    @Test
    void aBehaviorThatSaysAnythingHasHpasDefaultsForAllTheRest() {
        assertThat(policy(behavior("scaleDown: {stabilizationWindowSeconds: 60}"))
                        .behavior())
                .contains(new ScalingBehavior(
                        ScalingRules.UP,
                        new ScalingRules(
                                Duration.ofMinutes(1), ScalingRules.Select.MAX, ScalingRules.DOWN.policies())));
        assertThat(policy(
                                behavior(
                                        "scaleUp: {selectPolicy: Min, policies: [{type: Percent, value: 10, periodSeconds: 60}]}"))
                        .behavior())
                .contains(new ScalingBehavior(
                        new ScalingRules(
                                Duration.ZERO,
                                ScalingRules.Select.MIN,
                                List.of(new RatePolicy(RatePolicy.Type.PERCENT, 10, Duration.ofMinutes(1)))),
                        ScalingRules.DOWN));
    }

    @ParameterizedTest
    @CsvSource({"'\"0.05\"', 0.05", "'\"50m\"', 0.05", "0, 0", "1, 1", "'\"0\"', 0"})
    void aToleranceIsAQuantity(String tolerance, double value) {
        assertThat(policy(behavior("scaleUp: {tolerance: %s}".formatted(tolerance)))
                        .tolerance())
                .isEqualTo(new Tolerance(value, 0.1));
        assertThat(policy(behavior("scaleDown: {tolerance: %s}".formatted(tolerance)))
                        .tolerance())
                .isEqualTo(new Tolerance(0.1, value));
    }

    @Test
    void whatIsNoQuantityNamesItsField() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(behavior("scaleUp: {tolerance: much}")))
                .withMessageStartingWith("advanced.horizontalPodAutoscalerConfig.behavior.scaleUp.tolerance must be");
    }

    @ParameterizedTest
    @CsvSource({
        "static, STATIC",
        "currentReplicas, CURRENT_REPLICAS",
        "currentReplicasIfHigher, CURRENT_REPLICAS_IF_HIGHER",
        "currentReplicasIfLower, CURRENT_REPLICAS_IF_LOWER"
    })
    void aFallbackHasKedasBehaviors(String name, Fallback.Behavior behavior) {
        assertThat(policy("fallback: {failureThreshold: 3, replicas: 6, behavior: %s}".formatted(name))
                        .fallback())
                .contains(new Fallback(3, 6, behavior));
    }

    @Test
    void aFallbackIsStaticUnlessItSaysOtherwiseAndNeedsAFormulaForModifiers() {
        assertThat(policy("fallback: {failureThreshold: 3, replicas: 6}").fallback())
                .contains(new Fallback(3, 6, Fallback.Behavior.STATIC));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy("fallback: {failureThreshold: 3, replicas: 6, behavior: scalingModifiers}"))
                .withMessageContaining("not supported yet");
    }

    @Test
    void theOtherFieldsAreTaken() {
        var policy = policy("initialCooldownPeriod: 0\npressure: {whenFrozen: Ignore}");
        assertThat(policy.initialCooldown()).isZero();
        assertThat(policy.whenFrozen()).isEqualTo(ScalingPolicy.WhenFrozen.IGNORE);
    }

    private static String behavior(String rules) {
        return "advanced: {horizontalPodAutoscalerConfig: {behavior: {%s}}}".formatted(rules);
    }

    private static ScalingPolicy policy(String spec) {
        var yaml = "apiVersion: waterline.dev/v1alpha1\nkind: ScaledWorkload\nmetadata: {name: x}\nspec:\n"
                + (spec.equals("{}") ? "  scaleTargetRef: {name: x}" : spec.indent(2));
        return ScalingPolicyMapper.policy(
                Serialization.unmarshal(yaml, ScaledWorkload.class).getSpec());
    }
}
