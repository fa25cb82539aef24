package dev.waterline.decision.scaling;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered from one poll to the next.
 *
 * @param since since when the workload is looked after
 * @param lastActive when a trigger was last seen active; empty: never yet
 * @param recommendations what was recommended before any limit, as far back as it counts
 * @param events the changes that were carried out, as far back as they count
 * @param failures by trigger, how many polls in a row it has failed; those that have not are left out
 */
public record ScalingState(
        Instant since,
        Optional<Instant> lastActive,
        Recommendations recommendations,
        ScaleEvents events,
        Map<String, Integer> failures) {
    public ScalingState {
        failures = Map.copyOf(failures);
    }

    /** Nothing is remembered. */
    public static ScalingState fresh(Instant since) {
        return new ScalingState(since, Optional.empty(), Recommendations.NONE, ScaleEvents.NONE, Map.of());
    }

    /**
     * After a change has been carried out.
     *
     * @param change not only decided: the cluster has accepted it
     */
    public ScalingState scaled(ScalingPolicy policy, ScalingDecision change, Instant now) {
        return policy.behavior()
                .map(behavior -> new ScalingState(
                        since,
                        lastActive,
                        recommendations,
                        events.with(change.from(), change.to(), now, behavior.longestPeriod()),
                        failures))
                .orElse(this);
    }

    /** A pause leaves a gap: what was recommended before says nothing about the time after, and nor do failures. */
    ScalingState paused() {
        return new ScalingState(since, lastActive, Recommendations.NONE, events, Map.of());
    }

    ScalingState active(Instant now) {
        return new ScalingState(since, Optional.of(now), recommendations, events, failures);
    }

    ScalingState recommended(Recommendations next) {
        return new ScalingState(since, lastActive, next, events, failures);
    }

    ScalingState polled(List<TriggerReading> readings) {
        var next = new HashMap<String, Integer>();
        for (var reading : readings) {
            if (!reading.isFresh()) {
                next.put(reading.trigger(), failures.getOrDefault(reading.trigger(), 0) + 1);
            }
        }
        return new ScalingState(since, lastActive, recommendations, events, next);
    }

    int failuresOf(String trigger) {
        return failures.getOrDefault(trigger, 0);
    }
}
