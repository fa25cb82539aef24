package dev.waterline.decision.relief;

import static dev.waterline.decision.relief.Pods.container;
import static dev.waterline.decision.relief.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.relief.PodFacts.UnreadableNote;
import dev.waterline.decision.relief.ThrottleAction.Announce;
import dev.waterline.decision.relief.ThrottleAction.Discard;
import dev.waterline.decision.relief.ThrottleAction.Forget;
import dev.waterline.decision.relief.ThrottleAction.Lower;
import dev.waterline.decision.relief.ThrottleAction.Nothing;
import dev.waterline.decision.relief.ThrottleAction.Restore;
import dev.waterline.decision.relief.ThrottleNote.Lowered;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ThrottleStepTest {
    private static final Instant NOW = Instant.parse("2026-11-25T04:00:00Z");
    private static final Optional<ThrottleWant> HALF = Optional.of(new ThrottleWant("pwl-1", "best-effort", 50));
    private static final Optional<ThrottleWant> NONE = Optional.empty();

    @ParameterizedTest(name = "request {0}m, limit {1}m, {2} % is {3}m")
    @CsvSource({
        "500, 2000, 50, 1000",
        "0,   2000, 50, 1000",
        "1500,2000, 50, 1501",
        "1999,2000, 50, -",
        "2000,2000, 50, -",
        "0,   15,   50, 10",
        "0,   10,   50, -",
        "0,   2001, 50, 1001",
        "100, 1000, 99, 990",
        "100, 1000, 1,  101"
    })
    void aLimitIsLoweredToItsShareButNeverToTheRequestNorBelowWhatTheKernelKnows(
            long request, long limit, int percent, String target) {
        var lowered = next(
                pod().with(container("main", request, limit + "m", limit)).build(),
                Optional.of(new ThrottleWant("pwl-1", "best-effort", percent)));

        if (target.equals("-")) {
            assertThat(lowered).isEqualTo(new Nothing());
        } else {
            assertThat(((Announce) lowered).note().containers())
                    .hasEntrySatisfying(
                            "main",
                            limits -> assertThat(limits.target().millis()).isEqualTo(Long.parseLong(target)));
        }
    }

    @Test
    void theNoteIsWrittenBeforeTheLimitsAndRemovedAfterThem() {
        var pod = pod().build();

        var note = ((Announce) next(pod, HALF)).note();
        assertThat(note)
                .isEqualTo(new ThrottleNote(
                        "uid-batch-1",
                        "pwl-1",
                        "best-effort",
                        50,
                        NOW,
                        Map.of("main", new Lowered(new CpuLimit("2", 2000), new CpuLimit("1", 1000)))));

        var announced = pod().noting(note).build();
        assertThat(next(announced, HALF)).isEqualTo(new Lower(note, Map.of("main", "1")));
        var throttled =
                pod().noting(note).with(container("main", 500, "1", 1000)).build();
        assertThat(next(throttled, HALF)).isEqualTo(new Nothing());
        assertThat(next(throttled, NONE)).isEqualTo(new Restore(note, Map.of("main", "2")));
        assertThat(next(announced, NONE)).isEqualTo(new Forget(note, Set.of()));
    }

    @Test
    void restoringWritesTheVeryCharactersThatWereThere() {
        var note =
                note("pwl-1", 50, Map.of("main", new Lowered(new CpuLimit("1500m", 1500), new CpuLimit("750m", 750))));

        assertThat(next(
                        pod().noting(note)
                                .with(container("main", 500, "750m", 750))
                                .build(),
                        NONE))
                .isEqualTo(new Restore(note, Map.of("main", "1500m")));
    }

    @Test
    void aThrottledPodIsNotThrottledFurther() {
        var note = halved();
        var throttled =
                pod().noting(note).with(container("main", 500, "1", 1000)).build();

        assertThat(next(throttled, Optional.of(new ThrottleWant("pwl-2", "best-effort", 50))))
                .as("another waterline must wait until the first has given the limits back")
                .isInstanceOf(Restore.class);
        assertThat(next(throttled, Optional.of(new ThrottleWant("pwl-1", "best-effort", 25))))
                .as("an edited percentage begins from the original")
                .isInstanceOf(Restore.class);
    }

    @Test
    void aValueOfSomebodyElseStaysAndTheOtherContainersAreGivenBack() {
        var note = note(
                "pwl-1",
                50,
                Map.of(
                        "main", new Lowered(new CpuLimit("2", 2000), new CpuLimit("1", 1000)),
                        "side", new Lowered(new CpuLimit("400m", 400), new CpuLimit("200m", 200))));
        var contended = pod().noting(note)
                .with(container("main", 500, "3", 3000), container("side", 50, "200m", 200))
                .build();

        assertThat(next(contended, HALF)).isEqualTo(new Restore(note, Map.of("side", "400m")));
        var restored = pod().noting(note)
                .with(container("main", 500, "3", 3000), container("side", 50, "400m", 400))
                .build();
        assertThat(next(restored, HALF)).isEqualTo(new Forget(note, Set.of("main")));
        assertThat(next(restored, NONE)).isEqualTo(new Forget(note, Set.of("main")));
    }

    @Test
    void aNoteThatCannotBeReadIsRemoved() {
        assertThat(next(pod().noting(new UnreadableNote()).build(), HALF)).isEqualTo(new Discard());
        assertThat(next(pod().noting(new UnreadableNote()).build(), NONE)).isEqualTo(new Discard());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spared")
    void thesePodsAreNeverThrottled(String why, Pods pod) {
        assertThat(next(pod.build(), HALF)).isEqualTo(new Nothing());
    }

    static Stream<Arguments> spared() {
        return Stream.of(
                Arguments.of("Guaranteed or BestEffort", pod().notBurstable()),
                Arguments.of("the mirror of a static pod", pod().mirror()),
                Arguments.of("terminating", pod().terminating()),
                Arguments.of("finished", pod().finished()),
                Arguments.of("with resources for the pod as a whole", pod().withPodLevelResources()),
                Arguments.of("without a CPU limit", pod().with(new ContainerCpu("main", 500, Optional.empty(), false))),
                Arguments.of(
                        "whose container would restart",
                        pod().with(new ContainerCpu("main", 500, Optional.of(new CpuLimit("2", 2000)), true))));
    }

    @Test
    void onlyTheContainersThatCanBeLoweredAre() {
        var announced = (Announce) next(
                pod().with(
                                container("main", 500, "2", 2000),
                                new ContainerCpu("free", 100, Optional.empty(), false),
                                new ContainerCpu("restarts", 100, Optional.of(new CpuLimit("1", 1000)), true),
                                container("side", 100, "1", 1000))
                        .build(),
                HALF);

        assertThat(announced.note().containers()).containsOnlyKeys("main", "side");
    }

    @Test
    void aTerminatingPodIsLeftAsItIs() {
        assertThat(next(
                        pod().noting(halved())
                                .with(container("main", 500, "1", 1000))
                                .terminating()
                                .build(),
                        NONE))
                .isEqualTo(new Nothing());
    }

    private static ThrottleNote halved() {
        return note("pwl-1", 50, Map.of("main", new Lowered(new CpuLimit("2", 2000), new CpuLimit("1", 1000))));
    }

    private static ThrottleNote note(String waterline, int percent, Map<String, Lowered> containers) {
        return new ThrottleNote("uid-batch-1", waterline, "best-effort", percent, NOW, containers);
    }

    private static ThrottleAction next(PodFacts pod, Optional<ThrottleWant> want) {
        return ThrottleStep.next(pod, want, NOW);
    }
}
