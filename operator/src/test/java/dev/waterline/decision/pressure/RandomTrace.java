package dev.waterline.decision.pressure;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A pool of three nodes to which everything happens that may happen, from one seed. */
final class RandomTrace {
    static final Duration INTERVAL = Duration.ofSeconds(5);
    static final Set<String> NODES = Set.of("node-1", "node-2", "node-3");

    /** What may happen apart from readings. */
    enum Trouble {
        OUTAGES,
        ABSENCES,
        GAPS,
        EDITS,
        RESTARTS
    }

    /** One evaluation with all that went into it. */
    record Pass(
            PressurePolicy policy,
            Map<String, NodeState> before,
            PoolSummary summaryBefore,
            Observation observation,
            PoolStep step,
            Instant now) {
        Map<String, SourceAnswer> answers() {
            return observation.answers();
        }
    }

    private final Random random;
    private final Set<Trouble> troubles;
    private final PoolUnderTest pool;
    private final Map<String, RandomLoad> loads = new HashMap<>();
    private final Map<String, Integer> missingFor = new HashMap<>();

    RandomTrace(Random random, PressurePolicy policy, Set<Trouble> troubles) {
        this.random = random;
        this.troubles = troubles;
        this.pool = new PoolUnderTest(policy, INTERVAL, NODES);
    }

    static RandomTrace ofEverything(long seed) {
        var random = new Random(seed);
        return new RandomTrace(random, RandomPolicies.next(random), EnumSet.allOf(Trouble.class));
    }

    PoolUnderTest pool() {
        return pool;
    }

    void play(int passes, Consumer<Pass> witness) {
        for (int i = 0; i < passes; i++) {
            if (happens(Trouble.RESTARTS, 80)) {
                pool.restart(Duration.ofMillis(random.nextInt(40_000)));
            }
            if (happens(Trouble.GAPS, 40)) {
                pool.idle(Duration.ofMillis(random.nextInt(30_000)));
            }
            if (happens(Trouble.EDITS, 50)) {
                var edited = RandomPolicies.next(random);
                witnessed(witness, () -> pool.edit(edited));
            }
            var answers = answers();
            witnessed(witness, () -> pool.pass(answers));
        }
    }

    private void witnessed(Consumer<Pass> witness, Supplier<PoolStep> evaluation) {
        var before = pool.states();
        var summary = pool.summary();
        var step = evaluation.get();
        witness.accept(new Pass(pool.policy(), before, summary, pool.observation(), step, pool.now()));
    }

    private Map<String, SourceAnswer> answers() {
        var answers = new HashMap<String, SourceAnswer>();
        for (var signal : pool.policy().signals()) {
            var ratios = new HashMap<String, Double>();
            for (var node : NODES.stream().sorted().toList()) {
                var load = loads.computeIfAbsent(signal.name() + node, _ -> new RandomLoad(random));
                double ratio = load.next();
                if (!isMissing(Trouble.ABSENCES, signal.name() + node)) {
                    ratios.put(node, ratio);
                }
            }
            answers.put(
                    signal.name(),
                    isMissing(Trouble.OUTAGES, signal.name())
                            ? new SourceAnswer.Silent(PoolUnderTest.TIMEOUT)
                            : pool.answer(signal.name(), ratios));
        }
        return answers;
    }

    /** Mostly for a pass or two, and now and then for long. */
    private boolean isMissing(Trouble trouble, String what) {
        if (happens(trouble, 30)) {
            missingFor.put(what, 1 + random.nextInt(random.nextInt(3) == 0 ? 100 : 3));
        }
        return missingFor.merge(what, -1, Integer::sum) >= 0;
    }

    private boolean happens(Trouble trouble, int oneIn) {
        return troubles.contains(trouble) && random.nextInt(oneIn) == 0;
    }
}
