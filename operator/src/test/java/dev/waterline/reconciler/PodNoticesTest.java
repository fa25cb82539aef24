package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.cluster.PodSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PodNoticesTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    private final PodNotices notices = new PodNotices();

    @Test
    void aPodIsToldOnceForASituation() {
        assertThat(told(NOW, waiting("a", 0, "core"))).containsExactly("a");
        assertThat(told(NOW.plusSeconds(5), waiting("a", 0, "core"))).isEmpty();
        assertThat(told(NOW.plus(Duration.ofMinutes(59)), waiting("a", 0, "core")))
                .isEmpty();
    }

    @Test
    void anotherSituationIsToldAfterFiveMinutesAtTheEarliest() {
        told(NOW, waiting("a", 0, "core"));

        assertThat(told(NOW.plusSeconds(299), waiting("a", 0, "core,edge"))).isEmpty();
        assertThat(told(NOW.plusSeconds(300), waiting("a", 0, "core,edge"))).containsExactly("a");
    }

    @Test
    void aPodThatComesAndGoesIsNotToldMoreOftenForThat() {
        told(NOW, waiting("a", 0, "core"));
        told(NOW.plusSeconds(5));

        assertThat(told(NOW.plusSeconds(10), waiting("a", 0, "core"))).isEmpty();
    }

    @Test
    void afterAnHourTheEventIsGoneAndIsRepeated() {
        told(NOW, waiting("a", 0, "core"));

        assertThat(told(NOW.plus(Duration.ofHours(1)), waiting("a", 0, "core"))).containsExactly("a");
    }

    @Test
    void fiveThousandPodsAreToldWithinTheBudgetTheHighestFirstAndTheRestIsCounted() {
        var many = new ArrayList<>(IntStream.range(0, 5_000)
                .mapToObj(i -> waiting("low-" + i, 0, "core"))
                .toList());
        many.add(waiting("high", 500, "core"));

        var first = notices.due(many, NOW);
        assertThat(first.now()).hasSize(PodNotices.PER_MINUTE);
        assertThat(first.now().getFirst().pod().name()).isEqualTo("high");
        assertThat(first.heldBack()).isEqualTo(5_001 - PodNotices.PER_MINUTE);

        assertThat(notices.due(many, NOW.plusSeconds(5)).now()).hasSize(PodNotices.PER_MINUTE / 12);
        assertThat(notices.due(many, NOW.plusSeconds(65)).now()).hasSize(PodNotices.PER_MINUTE);
    }

    private List<String> told(Instant now, PodNotices.Waiting... waiting) {
        return notices.due(List.of(waiting), now).now().stream()
                .map(one -> one.pod().name())
                .toList();
    }

    private static PodNotices.Waiting waiting(String name, int priority, String situation) {
        return new PodNotices.Waiting(pod(name, priority), situation);
    }

    static PodSummary pod(String name, int priority) {
        return new PodSummary(
                "default",
                name,
                "uid-" + name,
                "7",
                priority,
                "",
                "",
                "",
                false,
                false,
                0,
                Optional.of(0L),
                0,
                Optional.empty(),
                Optional.of(NOW.minusSeconds(60)),
                Set.of(),
                false,
                List.of(),
                Optional.empty());
    }
}
