package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.override.NodeOverride;
import dev.waterline.decision.pressure.Contribution;
import dev.waterline.decision.pressure.Evidence;
import dev.waterline.decision.pressure.FrozenTier;
import dev.waterline.decision.pressure.Threshold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreezeAnnotationTest {
    private static final Instant SINCE = Instant.parse("2026-07-01T12:00:00Z");
    private static final FreezeAnnotation ANNOTATION = annotation(Map.of("pwl-uid", contribution(SINCE, SINCE, 0.87)));

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(FreezeAnnotation.parse(ANNOTATION.format(), "node-uid")).hasValue(ANNOTATION);
    }

    @Test
    void itSaysWhatIsFrozenSinceWhenAndWhy() {
        var share = FreezeAnnotation.parse(ANNOTATION.format(), "node-uid")
                .orElseThrow()
                .waterlines()
                .get("pwl-uid");

        assertThat(share)
                .isEqualTo(new FreezeAnnotation.Share(
                        Map.of(
                                "standard",
                                new FreezeAnnotation.Tier(
                                        "2026-07-01T12:00:00Z",
                                        "2026-07-01T12:00:00Z",
                                        "it was frozen before the operator restarted")),
                        Map.of("cpu", 0.87),
                        "core"));
    }

    @Test
    void theSameThingIsWrittenInTheSameOrder() {
        var manyTiers = Map.of("z", tier("a"), "a", tier("b"), "m", tier("c"));

        assertThat(new FreezeAnnotation(
                                1, "n", Map.of("u", new FreezeAnnotation.Share(manyTiers, Map.of(), null)), null)
                        .format())
                .matches(".*\"a\":.*\"m\":.*\"z\":.*");
    }

    @Test
    void aNewNodeOfTheSameNameDoesNotInherit() {
        assertThat(FreezeAnnotation.parse(ANNOTATION.format(), "another-uid")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{",
                "{}",
                "{\"version\":2,\"node\":\"node-uid\",\"waterlines\":{}}",
                "{\"version\":1,\"waterlines\":{}}",
                "{\"version\":1,\"node\":\"node-uid\",\"waterlines\":[]}",
                "{\"version\":1,\"node\":\"node-uid\",\"waterlines\":{\"u\":null}}",
                "{\"version\":1,\"node\":\"node-uid\",\"waterlines\":{\"u\":{\"tiers\":{\"t\":{}}}}}",
                "{\"version\":1,\"node\":\"node-uid\",\"waterlines\":{\"u\":{\"tiers\":{\"t\":{\"since\":\"noon\"}}}}}"
            })
    void whatIsNoAnnotationOfOursIsAsGoodAsNone(String text) {
        assertThat(FreezeAnnotation.parse(text, "node-uid")).isEmpty();
    }

    @Test
    void fieldsOfALaterReleaseAreNotMinded() {
        var text = ANNOTATION.format().replaceFirst("\\{", "{\"later\":{\"a\":1},");

        assertThat(FreezeAnnotation.parse(text, "node-uid")).hasValue(ANNOTATION);
    }

    @Test
    void readingsAndTheTimeItWasLastHotMakeNoDifference() {
        var later = annotation(Map.of("pwl-uid", contribution(SINCE, SINCE.plusSeconds(9), 0.91)));

        assertThat(later.saysTheSameAs(ANNOTATION)).isTrue();
        assertThat(later).isNotEqualTo(ANNOTATION);
    }

    @Test
    void anotherStartAnotherTierOrAnotherWaterlineDoes() {
        var again = annotation(Map.of("pwl-uid", contribution(SINCE.plusSeconds(1), SINCE.plusSeconds(1), 0.87)));
        var anothers = annotation(Map.of("other-uid", contribution(SINCE, SINCE, 0.87)));
        var nobodys = annotation(Map.of());

        assertThat(again.saysTheSameAs(ANNOTATION)).isFalse();
        assertThat(anothers.saysTheSameAs(ANNOTATION)).isFalse();
        assertThat(nobodys.saysTheSameAs(ANNOTATION)).isFalse();
    }

    @Test
    void aPersonsOrderIsWrittenAndReadBesideWhatWaterlinesWant() {
        var until = SINCE.plusSeconds(3600);
        var ordered = FreezeAnnotation.of(
                "node-uid",
                Map.of("pwl-uid", contribution(SINCE, SINCE, 0.87)),
                Optional.of(new NodeOverride.Freeze(5000, until)),
                FreezeAnnotationTest::name);

        assertThat(ordered.format()).contains("\"override\":{\"floor\":5000,\"until\":\"2026-07-01T13:00:00Z\"}");
        assertThat(FreezeAnnotation.parse(ordered.format(), "node-uid")).hasValue(ordered);
        assertThat(ordered.saysTheSameAs(ANNOTATION)).isFalse();
        assertThat(ANNOTATION.format()).doesNotContain("override");
    }

    @Test
    void itSaysInOneSentenceWhatFrozeTheNodeAndLeavesOutWhatOnlyFollowed() {
        var cause = new Evidence.Hot(new Threshold("cpu", 0.82, 0.75, "standard"), 0.9, Duration.ofSeconds(10));
        var frozen = Map.of(
                "best-effort", new FrozenTier(SINCE, SINCE, new Evidence.HigherTier("standard")),
                "standard", new FrozenTier(SINCE, SINCE, cause));
        var wanted = new Contribution(9000, "standard", frozen, List.of("best-effort", "standard"), Map.of("cpu", 0.9));

        var written = FreezeAnnotation.of(
                "node-uid",
                Map.of("pwl-uid", wanted),
                Optional.of(new NodeOverride.Freeze(5000, SINCE)),
                FreezeAnnotationTest::name);

        assertThat(written.why())
                .hasValue(
                        "PriorityWaterline core: cpu is at 90.0 % and has been at or above 82.0 % (set by tier standard)"
                                + " for 10s; a person's override until 2026-07-01T12:00:00Z");
        assertThat(annotation(Map.of()).why()).isEmpty();
    }

    @Test
    void anAnnotationOfAnEarlierReleaseWithoutNamesIsReadAndExplained() {
        var text = ANNOTATION.format().replace(",\"name\":\"core\"", "");

        assertThat(FreezeAnnotation.parse(text, "node-uid").flatMap(FreezeAnnotation::why))
                .hasValue("it was frozen before the operator restarted");
        assertThat(FreezeAnnotation.parse(text, "node-uid").orElseThrow().saysTheSameAs(ANNOTATION))
                .isTrue();
    }

    private static Optional<String> name(String uid) {
        return "pwl-uid".equals(uid) ? Optional.of("core") : Optional.empty();
    }

    private static FreezeAnnotation annotation(Map<String, Contribution> contributions) {
        return FreezeAnnotation.of("node-uid", contributions, Optional.empty(), FreezeAnnotationTest::name);
    }

    private static FreezeAnnotation.Tier tier(String reason) {
        return new FreezeAnnotation.Tier(SINCE.toString(), SINCE.toString(), reason);
    }

    private static Contribution contribution(Instant since, Instant lastHot, double cpu) {
        return new Contribution(
                9000,
                "standard",
                Map.of("standard", new FrozenTier(since, lastHot, new Evidence.Restored())),
                List.of("standard"),
                Map.of("cpu", cpu));
    }
}
