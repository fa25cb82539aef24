package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SwitchTest {
    @Test
    void withoutAnnotationsTheSpecDecides() {
        assertThat(Switch.of(new PriorityWaterline())).isEqualTo(Switch.NONE);
        assertThat(annotated(Map.of("waterline.dev/paused", "false", "waterline.dev/thaw-all", "")))
                .isEqualTo(Switch.NONE);
    }

    @Test
    void anAnnotationSwitches() {
        assertThat(annotated(Map.of("waterline.dev/paused", "true"))).isEqualTo(Switch.PAUSED);
        assertThat(annotated(Map.of("waterline.dev/thaw-all", "True"))).isEqualTo(Switch.THAW_ALL);
    }

    @Test
    void theKillSwitchBeatsThePause() {
        assertThat(annotated(Map.of("waterline.dev/paused", "true", "waterline.dev/thaw-all", "true")))
                .isEqualTo(Switch.THAW_ALL);
    }

    private static Switch annotated(Map<String, String> annotations) {
        var resource = new PriorityWaterline();
        resource.getMetadata().setAnnotations(annotations);
        return Switch.of(resource);
    }
}
