package dev.waterline.decision.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PressureSentenceTest {
    private static final Threshold THRESHOLD = new Threshold("cpu", 0.82, 0.75, "standard");

    private record Row(Evidence why, String words) {}

    private static List<Row> rows() {
        return List.of(
                new Row(
                        new Evidence.Hot(THRESHOLD, 0.8349, Duration.ofSeconds(10)),
                        "cpu is at 83.5 % and has been at or above 82.0 % (set by tier standard) for 10s"),
                new Row(
                        new Evidence.HotWithReserved(THRESHOLD, 0.7, 0.15, Duration.ofSeconds(10)),
                        "cpu is at 70.0 % and, with 15.0 % reserved for pods that are bound and not yet measured, has"
                                + " been at or above 82.0 % (set by tier standard) for 10s"),
                new Row(
                        new Evidence.Panic("cpu", 0.97, 0.95),
                        "cpu is at 97.0 %, twice in a row at or above panicAbove 95.0 %"),
                new Row(new Evidence.HigherTier("standard"), "tier standard above it is frozen"),
                new Row(new Evidence.Restored(), "it was frozen before the operator restarted"),
                new Row(
                        new Evidence.Cooled(THRESHOLD, 0.7, Duration.ofSeconds(90)),
                        "cpu is at 70.0 % and has been below 75.0 % (set by tier standard) for 1m30s, and the hold is"
                                + " over"),
                new Row(new Evidence.NeverSeen("cpu"), "cpu has no series for this node, and the hold is over"),
                new Row(
                        new Evidence.OutageOver("cpu", Duration.ofMinutes(5)),
                        "the source of cpu has not answered for onOutage.hold 5m"),
                new Row(new Evidence.NotSelected(), "the policy does not select the node any more"),
                new Row(new Evidence.NoWaterline(), "the policy has no waterline for it any more"),
                new Row(new Evidence.Ordered("waterline.dev/thaw-all"), "annotation waterline.dev/thaw-all is set"),
                new Row(
                        new Evidence.Several(List.of(new Evidence.Restored(), new Evidence.NeverSeen("cpu"))),
                        "it was frozen before the operator restarted; and cpu has no series for this node, and the"
                                + " hold is over"));
    }

    static Stream<Arguments> evidence() {
        return rows().stream().map(row -> Arguments.of(row.why(), row.words()));
    }

    @ParameterizedTest
    @MethodSource("evidence")
    void everyEvidenceHasItsWords(Evidence why, String words) {
        assertThat(PressureSentence.of(why)).isEqualTo(words);
    }

    @Test
    void aThresholdSaysWhichWindowSetItAndHowFarItWasMoved() {
        var threshold = new Threshold(
                "cpu", 0.565, 0.5, "standard", new Origin.Elastic(new Origin.Window("t0-settlement"), -3.5));
        assertThat(PressureSentence.of(new Evidence.Hot(threshold, 0.6, Duration.ofSeconds(10))))
                .isEqualTo(
                        "cpu is at 60.0 % and has been at or above 56.5 % (set by tier standard in window t0-settlement,"
                                + " moved by -3.5 points) for 10s");
    }

    @Test
    void everyEvidenceIsInTheTable() {
        var inTable = rows().stream().map(row -> row.why().getClass().getName()).toList();
        var declared = Stream.of(Evidence.class.getPermittedSubclasses()).map(Class::getName);
        assertThat(inTable).containsExactlyInAnyOrderElementsOf(declared.toList());
    }

    @Test
    void aDecisionNamesTierAndNode() {
        assertThat(PressureSentence.of(new FreezeDecision.Freeze("node-1", "standard", new Evidence.Restored())))
                .isEqualTo("Froze tier standard on node node-1: it was frozen before the operator restarted");
        assertThat(PressureSentence.of(new FreezeDecision.Thaw("node-1", "standard", new Evidence.NoWaterline())))
                .isEqualTo("Thawed tier standard on node node-1: the policy has no waterline for it any more");
    }

    @Test
    void aPercentSignInANameIsJustAName() {
        assertThat(PressureSentence.of(new Evidence.NeverSeen("100%s")))
                .isEqualTo("100%s has no series for this node, and the hold is over");
    }
}
