package dev.waterline.decision.pressure;

import dev.waterline.decision.reading.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A pool driven pass by pass, with what the operator keeps between two passes: states, summary, the last answers, and what
 * stands on the nodes should the process die.
 */
final class PoolUnderTest {
    static final String NODE = "node-1";
    static final String CPU = "cpu";
    static final Instant START = Instant.parse("2026-03-02T22:00:00Z");
    static final Reading.Unavailable TIMEOUT = new Reading.Unavailable(Reading.Cause.Timeout, "no answer within 3s");

    /** What the annotation on a node says: it is written when the frozen tiers change, and not when readings do. */
    private record Mark(Map<String, Instant> since, Map<String, Double> readings) {}

    private final Set<String> nodes;
    private final Duration interval;
    private PressurePolicy policy;
    private Instant now = START;
    private Map<String, NodeState> states = Map.of();
    private Map<String, SourceAnswer> answers = Map.of();
    private Map<String, Map<String, Double>> reserved = Map.of();
    private PoolSummary summary = PoolSummary.empty();
    private Map<String, Mark> marks = Map.of();
    private final List<FreezeDecision> decisions = new ArrayList<>();

    PoolUnderTest(PressurePolicy policy, Duration interval, Set<String> nodes) {
        this.policy = policy;
        this.interval = interval;
        this.nodes = nodes;
    }

    /** One node, an evaluation every 5 s. */
    static PoolUnderTest with(PressurePolicy policy) {
        return new PoolUnderTest(policy, Duration.ofSeconds(5), Set.of(NODE));
    }

    /** One interval later every source has been asked again. */
    PoolStep pass(Map<String, SourceAnswer> fresh) {
        now = now.plus(interval);
        answers = Map.copyOf(fresh);
        return evaluate();
    }

    /** One pass in which cpu has this raw value on the only node. */
    PoolStep cpu(double ratio) {
        return pass(Map.of(CPU, answer(CPU, Map.of(NODE, ratio))));
    }

    /** As many passes as fit into the time, all with this raw value; the last one's outcome. */
    PoolStep cpuFor(Duration time, double ratio) {
        var last = cpu(ratio);
        for (var end = now.plus(time).minus(interval); now.isBefore(end); ) {
            last = cpu(ratio);
        }
        return last;
    }

    /** The source answers, but without the node. */
    PoolStep absentFor(Duration time) {
        PoolStep last;
        var end = now.plus(time);
        do {
            last = pass(Map.of(CPU, answer(CPU, Map.of())));
        } while (now.isBefore(end));
        return last;
    }

    PoolStep silentFor(Duration time) {
        PoolStep last;
        var end = now.plus(time);
        do {
            last = pass(Map.of(CPU, new SourceAnswer.Silent(TIMEOUT)));
        } while (now.isBefore(end));
        return last;
    }

    /** Time goes by without a pass. */
    void idle(Duration time) {
        now = now.plus(time);
    }

    /** The policy changes between two passes: decided at once on the answers at hand. */
    PoolStep edit(PressurePolicy edited) {
        policy = edited;
        now = now.plusMillis(100);
        return evaluate();
    }

    /** The process dies, is away for so long, and reads what stands on the nodes. */
    void restart(Duration away) {
        now = now.plus(away);
        var restored = new HashMap<String, NodeState>();
        marks.forEach((node, mark) -> restored.put(node, NodeState.restored(mark.since(), mark.readings(), now)));
        states = restored;
        answers = Map.of();
        summary = PoolSummary.empty();
    }

    /** The same, and the sources are asked for their past. */
    void restartAndRecall(Duration away, Map<String, List<SourceAnswer.Answered>> past) {
        restart(away);
        states = SignalHistory.recalled(policy, nodes, states, past);
    }

    private PoolStep evaluate() {
        var step = PressureStep.evaluate(policy, observation(), states, summary, now);
        states = step.nodes();
        summary = step.summary();
        decisions.addAll(step.decisions());
        var next = new HashMap<String, Mark>();
        step.contributions().forEach((node, wanted) -> {
            var since = new HashMap<String, Instant>();
            wanted.frozen().forEach((tier, frozen) -> since.put(tier, frozen.since()));
            next.put(
                    node,
                    Optional.ofNullable(marks.get(node))
                            .filter(mark -> mark.since().equals(since))
                            .orElseGet(() -> new Mark(since, wanted.readings())));
        });
        marks = next;
        return step;
    }

    /** The last evaluation's input, to be given again. */
    Observation observation() {
        var pool = nodes.stream()
                .sorted()
                .map(name -> new PoolNode(name, zone(name)))
                .toList();
        return new Observation(pool, answers, reserved);
    }

    /** What stands before the slash of its name. */
    private static String zone(String node) {
        return node.substring(0, Math.max(0, node.indexOf('/')));
    }

    /** From now on, by signal name and node name. */
    void reserve(Map<String, Map<String, Double>> ratios) {
        reserved = ratios;
    }

    SourceAnswer answer(String signal, Map<String, Double> ratios) {
        var definition = policy.signals().stream()
                .filter(one -> one.name().equals(signal))
                .findFirst()
                .orElseThrow();
        return SourceAnswer.checked(definition, ratios, now.plus(interval));
    }

    /** What the step wants of the only node, which it must want. */
    static Contribution wanted(PoolStep step) {
        return Objects.requireNonNull(step.contributions().get(NODE), "nothing is frozen on the node");
    }

    /** Names of the tiers frozen on the node, in the order of the ladder. */
    List<String> frozen(String node) {
        var state = states.getOrDefault(node, NodeState.unknown());
        return policy.ladder().tiers().stream()
                .map(Tier::name)
                .filter(state.frozen()::containsKey)
                .toList();
    }

    List<String> frozen() {
        return frozen(NODE);
    }

    Map<String, NodeState> states() {
        return states;
    }

    Map<String, SourceAnswer> answers() {
        return answers;
    }

    PoolSummary summary() {
        return summary;
    }

    Set<String> nodes() {
        return nodes;
    }

    NodeState state() {
        return states.getOrDefault(NODE, NodeState.unknown());
    }

    PressurePolicy policy() {
        return policy;
    }

    Instant now() {
        return now;
    }

    /** All that was ever decided. */
    List<FreezeDecision> decisions() {
        return List.copyOf(decisions);
    }
}
