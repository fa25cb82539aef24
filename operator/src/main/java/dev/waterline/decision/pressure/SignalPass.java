package dev.waterline.decision.pressure;

import dev.waterline.decision.pressure.PoolSummary.Silence;
import dev.waterline.decision.reading.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One signal in one pass: what its source has said of every node, and how that joins a node's series. */
final class SignalPass {
    private final String name;
    private final Smoothing smoothing;
    private final Map<String, Double> ratios;
    private final Map<String, Double> reserved;
    private final Optional<Silence> silence;
    private final boolean answered;
    private final boolean outageOver;
    private final long at;
    private final long now;
    private int absent;

    SignalPass(Signal signal, PressurePolicy policy, Observation observation, PoolSummary before, Instant now) {
        this.name = signal.name();
        this.smoothing = new Smoothing(signal, policy.timing());
        this.reserved = observation.reserved().getOrDefault(name, Map.of());
        this.now = now.toEpochMilli();
        @Nullable SourceAnswer answer = observation.answers().get(name);
        if (answer instanceof SourceAnswer.Answered said) {
            this.ratios = said.ratios();
            this.at = said.at().toEpochMilli();
            this.answered = true;
        } else {
            this.ratios = Map.of();
            this.at = 0;
            this.answered = false;
        }
        this.silence = answer instanceof SourceAnswer.Silent(Reading.Unavailable reason)
                ? Optional.of(
                        new Silence(before.silence(name).map(Silence::since).orElse(now), reason))
                : Optional.empty();
        this.outageOver = !policy.protecting()
                && policy.outage().thenThaw()
                && silence.filter(since -> Duration.between(since.since(), now)
                                        .compareTo(policy.outage().hold())
                                >= 0)
                        .isPresent();
    }

    String name() {
        return name;
    }

    /** Whether the source answered. A node that it did not mention is then absent. */
    boolean isAnswered() {
        return answered;
    }

    boolean isFresh(String node) {
        return ratios.containsKey(node);
    }

    /** Whether the source has been silent for as long as the policy holds, and what is frozen may thaw. */
    boolean isOutageOver() {
        return outageOver;
    }

    /** Takes what was said of the node into its series. */
    SignalSeries extend(SignalSeries known, String node) {
        if (!answered) {
            return known;
        }
        double growth = reserved.isEmpty() ? 0 : reserved.getOrDefault(node, 0.0);
        @Nullable Double ratio = ratios.get(node);
        if (ratio == null) {
            absent++;
            return known.goingOn(growth, now, smoothing);
        }
        return known.with(ratio, at, growth, smoothing);
    }

    Optional<Silence> silence() {
        return silence;
    }

    /** How many nodes were asked for and not mentioned so far. */
    int absent() {
        return absent;
    }
}
