package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.scaling.Switches;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalingAnnotationsTest {

    @ParameterizedTest(name = "\"{0}\" pauses: {1}")
    @CsvSource({"true, true", "'', true", "yes, true", "1, true", "false, false", "False, false", "f, false", "0, false"
    })
    void anythingButANoIsAWish(String value, boolean paused) {
        for (var prefix : new String[] {"waterline.dev/", "autoscaling.keda.sh/"}) {
            assertThat(switches(Map.of(prefix + "paused", value)).pause().isPresent())
                    .isEqualTo(paused);
            assertThat(switches(Map.of(prefix + "paused-scale-in", value))
                            .noScaleIn()
                            .isPresent())
                    .isEqualTo(paused);
            assertThat(switches(Map.of(prefix + "paused-scale-out", value))
                            .noScaleOut()
                            .isPresent())
                    .isEqualTo(paused);
            assertThat(switches(Map.of(prefix + "force-activation", value))
                            .activation()
                            .isPresent())
                    .isEqualTo(paused);
        }
    }

    @Test
    void withoutAnnotationsNothingIsSwitched() {
        assertThat(switches(Map.of("example.org/paused", "true"))).isEqualTo(Switches.NONE);
    }

    @Test
    void aCountPausesWhateverPausedSays() {
        assertThat(switches(Map.of("autoscaling.keda.sh/paused", "false", "autoscaling.keda.sh/paused-replicas", "4"))
                        .pause())
                .contains(new Switches.Pause("annotation autoscaling.keda.sh/paused-replicas", OptionalInt.of(4)));
        assertThat(switches(Map.of("waterline.dev/paused", "true", "autoscaling.keda.sh/paused-replicas", "0"))
                        .pause())
                .contains(new Switches.Pause("annotation autoscaling.keda.sh/paused-replicas", OptionalInt.of(0)));
    }

    @Test
    void ourPrefixGoesFirst() {
        assertThat(switches(Map.of("waterline.dev/paused-replicas", "2", "autoscaling.keda.sh/paused-replicas", "4"))
                        .pause()
                        .map(Switches.Pause::replicas))
                .contains(OptionalInt.of(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "-1", "2.5", "9999999999", " 3"})
    void aCountThatIsNoneIsSaidAndHoldsTheCount(String value) {
        var read = ScalingAnnotations.of(resource(Map.of("waterline.dev/paused-replicas", value)));
        assertThat(read.problem().orElseThrow())
                .contains("waterline.dev/paused-replicas", "\"" + value + "\"", "whole number");
        assertThat(read.switches().pause())
                .isEqualTo(Optional.of(
                        new Switches.Pause("annotation waterline.dev/paused-replicas", OptionalInt.empty())));
    }

    private static Switches switches(Map<String, String> annotations) {
        var read = ScalingAnnotations.of(resource(annotations));
        assertThat(read.problem()).isEmpty();
        return read.switches();
    }

    private static ConfigMap resource(Map<String, String> annotations) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("x")
                .withAnnotations(annotations)
                .endMetadata()
                .build();
    }
}
