package dev.waterline.reconciler;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.IntFunction;

/**
 * Why floors may not be used yet, as far as it has been so for ten seconds: a floor that is new is not proven at the first try, since
 * the API server takes a moment to follow the policy, and that is no news for people.
 */
final class LastingObstacles {
    private static final Duration LASTING = Duration.ofSeconds(10);

    private final IntFunction<Optional<String>> obstacle;
    private final Map<Integer, Instant> since = new HashMap<>();

    /** @param obstacle why a floor may not be used now; empty: nothing is known against it */
    LastingObstacles(IntFunction<Optional<String>> obstacle) {
        this.obstacle = obstacle;
    }

    /** @param floors that somebody wants to use now */
    IntFunction<Optional<String>> of(SortedSet<Integer> floors, Instant now) {
        since.keySet().retainAll(floors);
        for (int floor : floors) {
            if (obstacle.apply(floor).isPresent()) {
                since.putIfAbsent(floor, now);
            } else {
                since.remove(floor);
            }
        }
        return floor -> obstacle.apply(floor).filter(_ -> lasts(floor, now));
    }

    private boolean lasts(int floor, Instant now) {
        return Optional.ofNullable(since.get(floor))
                .filter(from -> Duration.between(from, now).compareTo(LASTING) >= 0)
                .isPresent();
    }
}
