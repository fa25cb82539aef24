package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeNameTest {
    @Test
    void aProbeIsNamedAfterItsGenerationAndKnownByIt() {
        assertThat(ProbeName.of(17)).isEqualTo("probe-17");
        assertThat(ProbeName.isProbe(ProbeName.of(Long.MAX_VALUE))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"probe-", "probe-a", "my-probe-1", "probe-1.example.org", "node-1", ""})
    void aNodeIsNotTakenForAProbe(String node) {
        assertThat(ProbeName.isProbe(node)).isFalse();
    }
}
