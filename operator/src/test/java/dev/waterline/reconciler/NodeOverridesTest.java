package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.arbiter.NodeMarks.Mark;
import dev.waterline.cluster.NodeResources;
import dev.waterline.cluster.NodeSummary;
import dev.waterline.decision.override.NodeOverride;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodeOverridesTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-07-01T13:00:00Z");
    private static final NodeOverride FREEZE = new NodeOverride.Freeze(1000, UNTIL);
    private static final NodeOverride THAW = new NodeOverride.Thaw(UNTIL);
    private static final String FREEZE_TEXT = "1000;until=" + UNTIL;
    private static final String THAW_TEXT = "until=" + UNTIL;

    @Test
    void eachNodesAnnotationIsReadByItself() {
        var read =
                at(NOW, node("a", FREEZE_TEXT, null), node("b", null, THAW_TEXT), node("c", "1000", null), node("d"));

        assertThat(read.inForce()).isEqualTo(Map.of("a", FREEZE, "b", THAW));
        assertThat(read.ignored()).containsOnlyKeys("c");
        assertThat(sentences(read.ignored(), "c").getFirst())
                .startsWith("Annotation waterline.dev/freeze-override is not followed: '1000' names no end; write");
    }

    @Test
    void aThawWinsOverAFreezeAndThatIsSaid() {
        var read = at(NOW, node("a", FREEZE_TEXT, THAW_TEXT));

        assertThat(read.inForce()).isEqualTo(Map.of("a", THAW));
        assertThat(sentences(read.ignored(), "a"))
                .containsExactly(
                        "Annotation waterline.dev/freeze-override is not followed: waterline.dev/thaw-override wins"
                                + " over it.");
    }

    @Test
    void itBeginsOnceAndEndsAtItsEndAsSuchAndNotAsAMistake() {
        var node = node("a", FREEZE_TEXT, null);
        var first = at(NOW, node);
        var same = at(NOW.plusSeconds(1), node);
        var over = at(UNTIL, node);
        var after = at(UNTIL.plusSeconds(1), node);

        assertThat(first.since(NodeOverrides.NONE).begun()).isEqualTo(Map.of("a", FREEZE));
        assertThat(same.since(first)).isEqualTo(new NodeOverrides.Changes(Map.of(), Map.of(), Map.of()));
        assertThat(over.since(same)).isEqualTo(new NodeOverrides.Changes(Map.of(), Map.of("a", FREEZE), Map.of()));
        assertThat(after.since(over)).isEqualTo(new NodeOverrides.Changes(Map.of(), Map.of(), Map.of()));
    }

    @Test
    void anAnnotationThatGoesEndsItToo() {
        assertThat(at(NOW, node("a"))
                        .since(at(NOW, node("a", FREEZE_TEXT, null)))
                        .ended())
                .isEqualTo(Map.of("a", FREEZE));
    }

    @Test
    void anotherFloorOrEndBeginsAnew() {
        var changed = at(NOW, node("a", "2000;until=" + UNTIL, null)).since(at(NOW, node("a", FREEZE_TEXT, null)));

        assertThat(changed.begun()).isEqualTo(Map.of("a", new NodeOverride.Freeze(2000, UNTIL)));
        assertThat(changed.ended()).isEmpty();
    }

    @Test
    void oneThatWasOverWhenItWasWrittenIsAMistakeAndSaidOnce() {
        var before = at(UNTIL.plusSeconds(1), node("a"));
        var written = at(UNTIL.plusSeconds(2), node("a", FREEZE_TEXT, null));

        assertThat(sentences(written.since(before).ignored(), "a").getFirst())
                .contains("its end, 2026-07-01T13:00:00Z, has passed; remove it, or write a later one");
        assertThat(at(UNTIL.plusSeconds(3), node("a", FREEZE_TEXT, null))
                        .since(written)
                        .ignored())
                .isEmpty();
    }

    @Test
    void anOrderThatIsSpoiledWhileInForceEndsAndSaysWhy() {
        var changes = at(NOW, node("a", "1000", null)).since(at(NOW, node("a", FREEZE_TEXT, null)));

        assertThat(changes.ended()).isEqualTo(Map.of("a", FREEZE));
        assertThat(changes.ignored()).containsOnlyKeys("a");
    }

    @Test
    void moreThanSixteenDifferentFloorsAreNotTaken() {
        var nodes = IntStream.range(0, 18)
                .mapToObj(i -> node("n%02d".formatted(i), "%d;until=%s".formatted(1000 + Math.min(i, 16), UNTIL), null))
                .toArray(NodeSummary[]::new);

        var read = at(NOW, nodes);

        assertThat(read.inForce()).hasSize(16);
        assertThat(read.ignored()).containsOnlyKeys("n16", "n17");
    }

    @Test
    void aFloorThatMayNotBeUsedYetIsTakenAndSaid() {
        var read = NodeOverrides.of(
                List.of(node("a", FREEZE_TEXT, null)),
                _ -> OptionalInt.empty(),
                _ -> Optional.of("the policy is missing"),
                NOW);

        assertThat(read.inForce()).containsOnlyKeys("a");
        assertThat(sentences(read.ignored(), "a").getFirst())
                .contains("its floor may not be used yet", "the policy is missing");
    }

    private static List<String> sentences(Map<String, List<String>> ignored, String node) {
        return Objects.requireNonNull(ignored.get(node));
    }

    private static NodeOverrides at(Instant now, NodeSummary... nodes) {
        return NodeOverrides.of(List.of(nodes), _ -> OptionalInt.empty(), _ -> Optional.empty(), now);
    }

    private static NodeSummary node(String name) {
        return node(name, null, null);
    }

    private static NodeSummary node(String name, @Nullable String freeze, @Nullable String thaw) {
        var overrides = freeze == null && thaw == null
                ? NodeSummary.Overrides.NONE
                : new NodeSummary.Overrides(Optional.ofNullable(freeze), Optional.ofNullable(thaw));
        return new NodeSummary(
                name,
                "uid-" + name,
                "7",
                Map.of(),
                Mark.NONE,
                List.of(),
                NodeResources.UNKNOWN,
                NodeResources.UNKNOWN,
                overrides,
                List.of());
    }
}
