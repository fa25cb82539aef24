package dev.waterline.decision.relief;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much was spent within the last minute. Unlike a token bucket, which lets up to twice its rate through in the minute after
 * it was full, this never lets more than the limit through in <em>any</em> minute. At some tens a minute it costs nothing.
 *
 * @param spent when, oldest first
 */
public record MinuteBudget(List<Instant> spent) {
    static final Duration MINUTE = Duration.ofMinutes(1);

    public MinuteBudget {
        spent = List.copyOf(spent);
    }

    static MinuteBudget full() {
        return new MinuteBudget(List.of());
    }

    boolean allows(int perMinute, Instant now) {
        return at(now).spent.size() < perMinute;
    }

    MinuteBudget spend(Instant now) {
        return new MinuteBudget(
                Stream.concat(at(now).spent.stream(), Stream.of(now)).toList());
    }

    private MinuteBudget at(Instant now) {
        return new MinuteBudget(
                spent.stream().filter(at -> at.isAfter(now.minus(MINUTE))).toList());
    }
}
