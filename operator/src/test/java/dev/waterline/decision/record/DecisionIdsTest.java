package dev.waterline.decision.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DecisionIdsTest {
    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00.123456Z");

    @Test
    void anIdSaysWhenAndWhose() {
        assertThat(new DecisionIds().next(NOON, "core-banking")).isEqualTo("20260701T120000.123Z-00000-core-banking");
    }

    @Test
    void idsAreUniqueAndSortInTheOrderOfDecisionEvenWhenTheClockIsSetBack() {
        var ids = new DecisionIds();

        var named = Stream.of(NOON, NOON, NOON.plusMillis(1), NOON.minusSeconds(60), NOON.plusSeconds(1))
                .map(at -> ids.next(at, "a"))
                .toList();

        assertThat(named).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aReplayNamesTheSameDecisionsTheSame() {
        assertThat(names(new DecisionIds())).isEqualTo(names(new DecisionIds()));
    }

    private static List<String> names(DecisionIds ids) {
        return Stream.of(NOON, NOON, NOON.plusMillis(5))
                .map(at -> ids.next(at, "a"))
                .toList();
    }
}
