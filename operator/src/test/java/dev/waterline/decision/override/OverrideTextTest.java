package dev.waterline.decision.override;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.override.OverrideText.Meaning;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverrideTextTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-07-01T18:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "1000;until=2026-07-01T18:00:00Z, 1000",
        "0;until=2026-07-01T18:00:00Z, 0",
        "1000000001;until=2026-07-01T18:00:00Z, 1000000001",
        "banking-critical;until=2026-07-01T18:00:00Z, 100000",
        "' 1000 ; until=2026-07-01T20:00:00+02:00 ', 1000",
    })
    void aFreezeNamesAFloorOrAClassAndAnEnd(String text, int floor) {
        assertThat(freeze(text)).isEqualTo(new Meaning.InForce(new NodeOverride.Freeze(floor, UNTIL)));
    }

    @Test
    void aThawNamesAnEnd() {
        assertThat(OverrideText.thaw("until=2026-07-01T18:00:00Z", NOW))
                .isEqualTo(new Meaning.InForce(new NodeOverride.Thaw(UNTIL)));
    }

    @Test
    void itIsOverFromItsEndOn() {
        assertThat(freeze("1000;until=2026-07-01T12:00:00.001Z")).isInstanceOf(Meaning.InForce.class);
        assertThat(freeze("1000;until=2026-07-01T12:00:00Z")).isEqualTo(new Meaning.Over(NOW));
        assertThat(OverrideText.thaw("until=2026-07-01T11:00:00Z", NOW))
                .isEqualTo(new Meaning.Over(NOW.minusSeconds(3600)));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, names no end",
        "'', names no end",
        "1000;, has no until=<RFC 3339>",
        "1000;until=, has no until=<RFC 3339>",
        "1000;until=tomorrow, has no until=<RFC 3339>",
        "1000;until=2026-07-01, has no until=<RFC 3339>",
        "1000;till=2026-07-01T18:00:00Z, has no until=<RFC 3339>",
        "nobody;until=2026-07-01T18:00:00Z, names a PriorityClass that does not exist",
        ";until=2026-07-01T18:00:00Z, names a PriorityClass that does not exist",
        "-1;until=2026-07-01T18:00:00Z, 'asks for floor -1, which is not from 0 to 1000000001'",
        "1000000002;until=2026-07-01T18:00:00Z, 'asks for floor 1000000002, which is not from'",
        "system;until=2026-07-01T18:00:00Z, 'asks for floor 2000000000, which is not from'",
    })
    void whatCannotBeFollowedIsRefusedWithWhatToWrite(String text, String problem) {
        assertThat(freeze(text))
                .isInstanceOfSatisfying(
                        Meaning.Refused.class,
                        refused -> assertThat(refused.sentence())
                                .contains(
                                        "'" + text + "' ",
                                        problem,
                                        "write for example 1000;until=2026-07-01T18:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "true", "until=", "until=noon", "2026-07-01T18:00:00Z"})
    void aThawWithoutAnEndIsRefused(String text) {
        assertThat(OverrideText.thaw(text, NOW))
                .isInstanceOfSatisfying(
                        Meaning.Refused.class,
                        refused -> assertThat(refused.sentence())
                                .contains("has no until=<RFC 3339>", "write for example until=2026-07-01T18:00:00Z"));
    }

    @Test
    void aLongTextIsNotRepeatedWhole() {
        assertThat(freeze("x".repeat(5_000)))
                .isInstanceOfSatisfying(
                        Meaning.Refused.class,
                        refused -> assertThat(refused.sentence()).hasSizeLessThan(200));
    }

    private static Meaning freeze(String text) {
        return OverrideText.freeze(text, OverrideTextTest::classValue, NOW);
    }

    private static OptionalInt classValue(String name) {
        return switch (name) {
            case "banking-critical" -> OptionalInt.of(100_000);
            case "system" -> OptionalInt.of(2_000_000_000);
            default -> OptionalInt.empty();
        };
    }
}
