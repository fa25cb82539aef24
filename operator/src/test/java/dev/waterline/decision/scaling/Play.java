package dev.waterline.decision.scaling;

import dev.waterline.decision.reading.Reading;
import dev.waterline.decision.scaling.Target.Measure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays polls of one workload, and carries out what is decided. Threshold 10, activation threshold 0. */
final class Play {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private ScalingPolicy policy;
    private ScalingState state;
    private int present;
    private Switches switches = Switches.NONE;
    private Optional<String> frozenBy = Optional.empty();

    Play(ScalingPolicy policy, int present) {
        this(policy, present, ScalingState.fresh(START));
    }

    Play(ScalingPolicy policy, int present, ScalingState state) {
        this.policy = policy;
        this.present = present;
        this.state = state;
    }

    /** @param asked what each trigger asks for; NaN: it fails */
    ScalingStep poll(double second, double... asked) {
        var now = START.plusMillis((long) (second * 1000));
        var step = ScalingStep.evaluate(
                policy, state, new ScalingInput(present, readings(now, asked), switches, frozenBy), now);
        state = step.decision().isChange() ? step.scaled(policy, now) : step.state();
        present = step.decision().to();
        return step;
    }

    /** The count after a poll. */
    int at(double second, double... asked) {
        poll(second, asked);
        return present;
    }

    int present() {
        return present;
    }

    ScalingState state() {
        return state;
    }

    /** Somebody else writes the count. */
    void set(int replicas) {
        present = replicas;
    }

    void switched(Switches now) {
        switches = now;
    }

    void frozen(Optional<String> by) {
        frozenBy = by;
    }

    void edited(ScalingPolicy next) {
        policy = next;
    }

    /** As after a restart: what the status keeps is known, and no more. */
    Play restarted() {
        return new Play(
                policy,
                present,
                new ScalingState(
                        state.since(), state.lastActive(), Recommendations.NONE, state.events(), state.failures()));
    }

    static List<TriggerReading> readings(Instant now, double... asked) {
        var readings = new ArrayList<TriggerReading>();
        for (double each : asked) {
            readings.add(reading("t" + readings.size(), each, now));
        }
        return readings;
    }

    private static TriggerReading reading(String name, double asked, Instant now) {
        var target = new Target(Measure.AVERAGE_VALUE, 10, 0);
        return new TriggerReading(
                name,
                target,
                Double.isNaN(asked)
                        ? new Reading.Unavailable(Reading.Cause.Timeout, "no complete answer within 3000 ms")
                        : new Reading.Fresh(asked * 10, now));
    }
}
