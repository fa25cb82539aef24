package dev.waterline.decision.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingSentenceTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | 72.25 | 0 | Scaled up from 2 to 8: trigger t0 is at 72.25 with threshold 10 for each replica and asks for 8",
                "2 | 720 | 0 | Scaled up from 2 to 10: trigger t0 is at 720 with threshold 10 for each replica and asks for 72; maxReplicaCount is 10",
                "8 | 80 | 0 | Kept 8: trigger t0 is at 80 with threshold 10 for each replica and asks for 8",
                "8 | x | 0 | Held 8: trigger t0: no complete answer within 3000 ms",
                "8 | x 20 | 0 | Held 8, as the other triggers ask for 2 only: trigger t0: no complete answer within 3000 ms",
                "1 | 0 | 300 | 'Scaled down from 1 to 0: no trigger is active, nor was one within cooldownPeriod 300 s'",
                "4 | 0 | 0 | 'Scaled down from 4 to 1: no trigger is active, and after cooldownPeriod 300 s it goes to 0; trigger t0 is at 0 with threshold 10 for each replica and asks for 0'",
            })
    void aDecisionSaysWhatItRestsOn(int present, String values, int lastActive, String sentence) {
        var policy = Workloads.policy(0, 10, OptionalInt.empty(), Duration.ofMinutes(5));
        var decision = ScalingStep.evaluate(
                        policy,
                        Workloads.lastActive(NOW.minusSeconds(lastActive)),
                        new ScalingInput(present, ScalingStepTest.readings(values)),
                        NOW)
                .decision();
        assertThat(ScalingSentence.of(decision)).isEqualTo(sentence);
        assertThat(ScalingSentence.ofDryRun(decision))
                .isEqualTo("DryRun: " + sentence.replace("Scaled", "would scale"));
    }
}
