package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LastingObstaclesTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final TreeSet<Integer> FLOORS = new TreeSet<>(List.of(1000));

    private final Set<Integer> unproven = new HashSet<>(Set.of(1000));
    private final LastingObstacles obstacles =
            new LastingObstacles(floor -> unproven.contains(floor) ? Optional.of("why") : Optional.empty());

    @Test
    void anObstacleIsToldOnceItHasStoodForTenSeconds() {
        assertThat(obstacles.of(FLOORS, NOW).apply(1000)).isEmpty();
        assertThat(obstacles.of(FLOORS, NOW.plusMillis(9_999)).apply(1000)).isEmpty();
        assertThat(obstacles.of(FLOORS, NOW.plusSeconds(10)).apply(1000)).hasValue("why");
    }

    @Test
    void anObstacleThatWentOrAFloorThatNobodyWantedMeanwhileStartsAnew() {
        obstacles.of(FLOORS, NOW);
        unproven.clear();
        obstacles.of(FLOORS, NOW.plusSeconds(5));
        unproven.add(1000);
        assertThat(obstacles.of(FLOORS, NOW.plusSeconds(10)).apply(1000)).isEmpty();

        obstacles.of(new TreeSet<>(), NOW.plusSeconds(15));
        assertThat(obstacles.of(FLOORS, NOW.plusSeconds(20)).apply(1000)).isEmpty();
    }
}
