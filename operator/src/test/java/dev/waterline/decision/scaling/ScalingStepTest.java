package dev.waterline.decision.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.reading.Reading;
import dev.waterline.decision.reading.Reading.Cause;
import dev.waterline.decision.scaling.ScalingDecision.Reason;
import dev.waterline.decision.scaling.Target.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingStepTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration COOLDOWN = Duration.ofMinutes(5);

    /** Readings separated by blanks; {@code x} is one that failed. Threshold 10, activation threshold 5. */
    @ParameterizedTest(
            name = "min {0} max {1} idle {2}, {3} replicas, values {4}, last active {5} s ago: {6} replicas, {7}, {8}")
    @CsvSource(
            nullValues = "-",
            value = {
                // zero to N in one write, to the computed number
                "0, 10, -, 0, 72,    999, 8,  TriggerValue, -",
                "0, 10, -, 0, 6,     999, 1,  TriggerValue, -",
                "0, 10, -, 0, 5,     999, 0,  NoTriggerActive, -",
                "3, 10, 0, 0, 6,     999, 3,  TriggerValue, AtMin",
                "0, 10, -, 0, 1e9,   999, 10, TriggerValue, AtMax",
                // N to M
                "2, 40, -, 2, 72,    0,   8,  TriggerValue, -",
                "2, 40, -, 8, 20,    0,   2,  TriggerValue, -",
                "2, 40, -, 8, 12,    0,   2,  TriggerValue, -",
                "2, 40, -, 8, 6,     0,   2,  TriggerValue, AtMin",
                "2, 40, -, 8, 0,     999, 2,  TriggerValue, AtMin",
                "2, 40, -, 8, 900,   0,   40, TriggerValue, AtMax",
                "2, 40, -, 8, 75,    0,   8,  TriggerValue, -",
                // outside the bounds
                "2, 40, -, 0, 0,     0,   2,  TriggerValue, AtMin",
                "2, 40, -, 1, 0,     0,   2,  OutOfBounds, AtMin",
                "2, 40, -, 50, 500,  0,   40, OutOfBounds, AtMax",
                "2, 40, -, 50, x,    0,   40, OutOfBounds, AtMax",
                "2, 40, -, 1, x,     0,   2,  OutOfBounds, AtMin",
                "2, 40, -, 0, x,     0,   2,  OutOfBounds, AtMin",
                // the last step waits for the cooldown, those before it do not
                "0, 10, -, 8, 0,     10,  1,  CoolingDown, -",
                "0, 10, -, 1, 0,     299, 1,  CoolingDown, -",
                "0, 10, -, 1, 0,     300, 0,  NoTriggerActive, -",
                "0, 10, -, 8, 0,     300, 0,  NoTriggerActive, -",
                "3, 10, 1, 8, 0,     10,  3,  CoolingDown, AtMin",
                "3, 10, 1, 3, 0,     300, 1,  NoTriggerActive, -",
                "3, 10, 1, 1, 0,     10,  1,  NoTriggerActive, -",
                "3, 10, 1, 0, 0,     10,  1,  NoTriggerActive, -",
                "3, 10, 1, 2, 0,     10,  3,  OutOfBounds, AtMin",
                // the greatest number wins, and one active trigger is enough
                "0, 10, -, 1, 20 70, 0,   7,  TriggerValue, -",
                "0, 10, -, 1, 0 70,  0,   7,  TriggerValue, -",
                "0, 10, -, 0, 0 6,   999, 1,  TriggerValue, -",
                // missing is not zero
                "0, 10, -, 8, x,     999, 8,  AllTriggersFailed, -",
                "0, 10, -, 0, x,     999, 0,  AllTriggersFailed, -",
                "0, 10, -, 8, x x,   999, 8,  AllTriggersFailed, -",
                "0, 10, -, 8, x 20,  999, 8,  SomeTriggersFailed, -",
                "0, 10, -, 8, 0 x,   999, 8,  SomeTriggersFailed, -",
                "0, 10, -, 1, 0 x,   999, 1,  SomeTriggersFailed, -",
                "0, 10, -, 0, 0 x,   999, 0,  SomeTriggersFailed, -",
                "0, 10, -, 2, x 70,  0,   7,  TriggerValue, -",
                "0, 10, -, 7, x 70,  0,   7,  TriggerValue, -",
                "0, 10, -, 20, x 300, 0,  10, OutOfBounds, AtMax",
            })
    void decides(
            int min,
            int max,
            Integer idle,
            int present,
            String values,
            int lastActive,
            int to,
            Reason reason,
            Limit.Kind limit) {
        var policy = Workloads.policy(min, max, idle == null ? OptionalInt.empty() : OptionalInt.of(idle), COOLDOWN);
        var step = ScalingStep.evaluate(
                policy,
                Workloads.lastActive(NOW.minusSeconds(lastActive)),
                new ScalingInput(present, readings(values)),
                NOW);
        assertThat(step.decision().to()).isEqualTo(to);
        assertThat(step.decision().from()).isEqualTo(present);
        assertThat(step.decision().reason()).isEqualTo(reason);
        assertThat(step.decision().limits())
                .extracting(Limit::kind)
                .isEqualTo(limit == null ? List.of() : List.of(limit));
        assertThat(step.decision() instanceof ScalingDecision.Change).isEqualTo(to != present);
    }

    @Test
    void aSubjectThatTheSourceDoesNotKnowIsAFailureAndNotZero() {
        var target = new Target(Measure.AVERAGE_VALUE, 10, 0);
        var step = ScalingStep.evaluate(
                Workloads.policy(0, 10, OptionalInt.empty(), COOLDOWN),
                Workloads.lastActive(Instant.EPOCH),
                new ScalingInput(4, List.of(new TriggerReading("queue", target, new Reading.Absent()))),
                NOW);
        assertThat(step.decision()).isInstanceOf(ScalingDecision.Hold.class);
        assertThat(step.wanted()).isEmpty();
        assertThat(step.active()).isFalse();
    }

    @Test
    void anActiveTriggerOfValueZeroKeepsOneReplica() {
        var target = new Target(Measure.AVERAGE_VALUE, 10, -1);
        var step = ScalingStep.evaluate(
                Workloads.policy(0, 10, OptionalInt.empty(), COOLDOWN),
                Workloads.lastActive(Instant.EPOCH),
                new ScalingInput(4, List.of(new TriggerReading("queue", target, new Reading.Fresh(0, NOW)))),
                NOW);
        assertThat(step.decision().to()).isEqualTo(1);
        assertThat(step.decision().limits()).isEmpty();
    }

    static List<TriggerReading> readings(String values) {
        var target = new Target(Measure.AVERAGE_VALUE, 10, 5);
        var each = Arrays.asList(values.split(" "));
        return IntStream.range(0, each.size())
                .mapToObj(i -> new TriggerReading("t" + i, target, reading(each.get(i))))
                .toList();
    }

    private static Reading reading(String value) {
        return value.equals("x")
                ? new Reading.Unavailable(Cause.Timeout, "no complete answer within 3000 ms")
                : new Reading.Fresh(Double.parseDouble(value), NOW);
    }
}
