package dev.waterline.decision.pressure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One evaluation of a pool with four tiers at the default timings, under a load that walks about the waterlines: nodes freeze
 * and thaw all the while. Each invocation goes on from the states that the one before has left, as the operator does.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xmx4g", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"})
@State(Scope.Thread)
public class PressureStepBenchmark {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int RECORDED = 16;

    /** Longer than minHold, so that nodes thaw as well as freeze. */
    private static final int WARM_PASSES = 80;

    @Param({"5000", "100000"})
    public int nodes;

    @Param({"1", "2"})
    public int signals;

    private PressurePolicy policy = policy(1);
    private List<PoolNode> pool = List.of();
    private final List<Map<String, Map<String, Double>>> recorded = new ArrayList<>();
    private Map<String, NodeState> states = Map.of();
    private PoolSummary summary = PoolSummary.empty();
    private Instant now = Instant.parse("2026-03-02T22:00:00Z");
    private int pass;

    @Setup
    public void play() {
        policy = policy(signals);
        pool = IntStream.range(0, nodes)
                .mapToObj(i -> new PoolNode("node-%06d".formatted(i), "zone-" + i % 3))
                .toList();
        record();
        for (int i = 0; i < WARM_PASSES; i++) {
            evaluate();
        }
        var frozen = states.values().stream()
                .filter(state -> !state.frozen().isEmpty())
                .count();
        System.out.println(frozen + " of " + nodes + " nodes are frozen before the measurement");
    }

    @Benchmark
    public PoolStep evaluate() {
        now = now.plus(INTERVAL);
        var answers = new HashMap<String, SourceAnswer>();
        recorded.get(pass++ % RECORDED)
                .forEach((signal, ratios) -> answers.put(signal, new SourceAnswer.Answered(ratios, now)));
        var step = PressureStep.evaluate(policy, new Observation(pool, answers, Map.of()), states, summary, now);
        states = step.nodes();
        summary = step.summary();
        return step;
    }

    private void record() {
        var random = new Random(1);
        var level = new HashMap<String, Double>();
        for (int i = 0; i < RECORDED; i++) {
            var answers = new HashMap<String, Map<String, Double>>();
            for (var signal : policy.signals()) {
                var ratios = new HashMap<String, Double>();
                for (var node : pool) {
                    double next = level.merge(
                            signal.name() + node.name(),
                            0.3 + random.nextDouble(0.5),
                            (before, _) -> Math.clamp(before + random.nextGaussian() * 0.03, 0, 0.94));
                    ratios.put(node.name(), next);
                }
                answers.put(signal.name(), Map.copyOf(ratios));
            }
            recorded.add(answers);
        }
    }

    private static PressurePolicy policy(int signals) {
        var names = List.of("cpu", "memory").subList(0, signals);
        var tiers = new ArrayList<Tier>();
        for (int i = 0; i < 4; i++) {
            double freezeAbove = 0.70 + 0.06 * i;
            tiers.add(new Tier(
                    "tier-" + i,
                    1000 * i,
                    names.stream()
                            .map(name -> new Waterline(name, freezeAbove, freezeAbove - 0.08))
                            .toList()));
        }
        return new PressurePolicy(
                names.stream()
                        .map(name -> new Signal(name, Duration.ofSeconds(20), 1.5))
                        .toList(),
                new Ladder(tiers),
                new Timing(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(300),
                        0.95,
                        INTERVAL.multipliedBy(3)),
                new Outage(Duration.ofMinutes(5), true),
                PoolLimits.DEFAULT,
                false);
    }
}
