package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.api.v1alpha1.PriorityWaterlineSpec;
import dev.waterline.api.v1alpha1.Window;
import dev.waterline.decision.window.Phase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowCalendarTest {
    private static final List<Window> SETTLEMENT = windows(Specs.SETTLEMENT);
    private final WindowCalendar calendar = new WindowCalendar();

    @ParameterizedTest(name = "{0}: {1}, next change at {2}")
    @CsvSource({
        // A Thursday: 22:00 in Shanghai is 14:00 in UTC.
        "2026-11-26T13:44:59.999Z, Upcoming, 2026-11-26T13:45:00Z",
        "2026-11-26T13:45:00Z, Lead, 2026-11-26T14:00:00Z",
        "2026-11-26T14:00:00Z, Active, 2026-11-26T16:30:00Z",
        "2026-11-26T16:30:00Z, Active, 2026-11-26T17:00:00Z",
        "2026-11-26T17:00:00Z, Upcoming, 2026-11-27T13:45:00Z",
        // Saturday.
        "2026-11-28T14:30:00Z, Upcoming, 2026-11-30T13:45:00Z",
    })
    void whatIsInEffectIsAFunctionOfTheMomentAndItsChangesAreKnown(Instant now, Phase phase, Instant changesAt) {
        var windows = calendar.at(SETTLEMENT, now);

        assertThat(windows.moments().getFirst().phase()).isEqualTo(phase);
        assertThat(windows.changesAt()).hasValue(changesAt);
        assertThat(windows.inEffect().contains("t0-settlement")).isEqualTo(phase.isInEffect());
        assertThat(windows.isProtecting()).isEqualTo(phase.isInEffect());
    }

    @Test
    void aWindowThatCannotBeFollowedIsAProblemOfItsOwn() {
        var windows = calendar.at(windows(Specs.SETTLEMENT + """
                        - {name: typo, schedule: "0 25 * * *", duration: 1h, tiers: []}
                        - {name: mars, schedule: "0 22 * * *", timeZone: Mars/Olympus, duration: 1h, tiers: []}
                        """), Instant.parse("2026-11-26T14:00:00Z"));

        assertThat(windows.inEffect()).containsExactly("t0-settlement");
        assertThat(windows.problems())
                .satisfiesExactly(
                        typo -> assertThat(typo)
                                .startsWith("spec.windows[1].schedule: '0 25 * * *' is not a cron expression")
                                .contains("25 not in range [0, 23]"),
                        mars -> assertThat(mars)
                                .isEqualTo(
                                        "spec.windows[2].timeZone: 'Mars/Olympus' is not in the IANA time zone database;"
                                                + " write it as in Asia/Shanghai or UTC"));
    }

    @Test
    void aWindowThatBeginsAnewBeforeItsEndChangesThen() {
        var windows = calendar.at(
                windows("windows: [{name: always, schedule: '*/10 * * * *', duration: 1h, tiers: []}]"),
                Instant.parse("2026-11-26T14:05:00Z"));

        assertThat(windows.inEffect()).containsExactly("always");
        assertThat(windows.changesAt()).hasValue(Instant.parse("2026-11-26T14:10:00Z"));
        assertThat(windows.isProtecting()).isFalse();
    }

    @Test
    void aSpecWithoutWindowsNeverChanges() {
        assertThat(calendar.at(List.of(), Instant.EPOCH)).isEqualTo(WindowsNow.none());
    }

    private static List<Window> windows(String yaml) {
        PriorityWaterlineSpec spec = Specs.withTiers(Specs.LADDER + yaml);
        return spec.windows();
    }
}
