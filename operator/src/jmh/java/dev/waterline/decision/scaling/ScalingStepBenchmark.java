package dev.waterline.decision.scaling;

import dev.waterline.decision.reading.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One decision with five triggers, both stabilization windows, four policies and a fallback, under a load that walks. Each
 * invocation goes on from the state that the one before has left, and changes are carried out, so that windows and events are
 * as full as they get.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"})
@State(Scope.Thread)
public class ScalingStepBenchmark {
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final int TRIGGERS = 5;
    private static final int RECORDED = 4096;

    private final ScalingPolicy policy = policy();
    private final List<double[]> recorded = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-02T22:00:00Z");
    private ScalingState state = ScalingState.fresh(now);
    private int present = 10;
    private int poll;

    @Setup
    public void record() {
        var random = new Random(1);
        double level = 200;
        for (int i = 0; i < RECORDED; i++) {
            level = Math.clamp(level + random.nextGaussian() * 40, 0, 2_000);
            double around = level;
            recorded.add(random.doubles(TRIGGERS)
                    .map(share -> random.nextInt(50) == 0 ? Double.NaN : around * (0.8 + 0.4 * share))
                    .toArray());
        }
    }

    @Benchmark
    public ScalingStep decide() {
        now = now.plus(INTERVAL);
        var step = ScalingStep.evaluate(policy, state, new ScalingInput(present, readings()), now);
        state = step.decision().isChange() ? step.scaled(policy, now) : step.state();
        present = step.decision().to();
        return step;
    }

    private List<TriggerReading> readings() {
        var target = new Target(Target.Measure.AVERAGE_VALUE, 10, 0);
        var readings = new ArrayList<TriggerReading>(TRIGGERS);
        for (double value : recorded.get(poll++ % RECORDED)) {
            readings.add(new TriggerReading(
                    "trigger-" + readings.size(),
                    target,
                    Double.isNaN(value)
                            ? new Reading.Unavailable(Reading.Cause.Timeout, "no complete answer within 3000 ms")
                            : new Reading.Fresh(value, now)));
        }
        return readings;
    }

    private static ScalingPolicy policy() {
        return new ScalingPolicy(
                0,
                150,
                OptionalInt.empty(),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                new Tolerance(0.05, 0.1),
                Optional.of(new ScalingBehavior(
                        new ScalingRules(
                                Duration.ofMinutes(1),
                                ScalingRules.Select.MAX,
                                List.of(
                                        new RatePolicy(RatePolicy.Type.PODS, 4, Duration.ofMinutes(1)),
                                        new RatePolicy(RatePolicy.Type.PERCENT, 50, Duration.ofMinutes(5)))),
                        new ScalingRules(
                                Duration.ofMinutes(10),
                                ScalingRules.Select.MIN,
                                List.of(
                                        new RatePolicy(RatePolicy.Type.PODS, 8, Duration.ofMinutes(1)),
                                        new RatePolicy(RatePolicy.Type.PERCENT, 10, Duration.ofMinutes(30)))))),
                Optional.of(new Fallback(3, 6, Fallback.Behavior.CURRENT_REPLICAS_IF_HIGHER)),
                ScalingPolicy.WhenFrozen.HOLD);
    }
}
