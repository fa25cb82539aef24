package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A time of the calendar with waterlines of its own, and perhaps with work that must be done by its end.
 *
 * @param name shown as the origin of thresholds, in events and metrics
 * @param schedule when it starts: minute, hour, day of month, month, day of week
 * @param timeZone of the IANA database, in which the schedule is read; {@code UTC} by default
 * @param duration how long it lasts, in elapsed time
 * @param lead in effect so much earlier; {@code 0s} by default
 * @param tiers what replaces the spec's waterlines meanwhile
 * @param protect the Jobs whose progress is kept in a ledger
 * @param deadline so long after the start the protected Jobs must have succeeded; the duration by default
 */
@ValidationRule(
        value = "self.tiers.size() > 0 || has(self.protect)",
        message = "a window needs tiers, protect or both, else it does nothing: add one of them or remove the window")
@ValidationRule(
        value = "!has(self.deadline) || has(self.protect)",
        fieldPath = ".deadline",
        message = "deadline is that of the protected Jobs: add protect, or remove deadline")
@ValidationRule(
        value = "!has(self.deadline) || duration(self.deadline) <= duration(self.duration)",
        fieldPath = ".deadline",
        message = "deadline must not be after the end of the window: shorten it or lengthen duration")
public record Window(
        @Required
        @Size(max = 63) @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$") @JsonPropertyDescription("Shown as the origin of thresholds, in events and metrics.")
        String name,

        @Required
        @Size(max = 128) @ValidationRule(
                value = "self.matches('^[^ ]+( +[^ ]+){4}$')",
                message =
                        "schedule is a cron expression of five fields (minute, hour, day of month, month, day of week),"
                                + " such as 0 22 * * 1-5")
        @JsonPropertyDescription(
                "When it starts: minute, hour, day of month, month, day of week, such as 0 22 * * 1-5.")
        String schedule,

        @Default("UTC")
        @Size(max = 64) @JsonPropertyDescription("Time zone of the schedule, of the IANA database, such as Asia/Shanghai.")
        String timeZone,

        @Required
        @Pattern(PriorityWaterlineSpec.DURATION) @ValidationRule(
                value = "duration(self) >= duration('1s') && duration(self) <= duration('168h')",
                message = "duration must be between 1s and 168h")
        @JsonPropertyDescription("How long it lasts, such as 3h. Elapsed time, whatever clocks do meanwhile.")
        String duration,

        @Default("0s")
        @Pattern(PriorityWaterlineSpec.DURATION) @ValidationRule(value = "duration(self) <= duration('24h')", message = "lead must be at most 24h")
        @JsonPropertyDescription("In effect so much earlier, to let lower tiers drain.")
        String lead,

        @Default("[]")
        @JsonPropertyDescription("What replaces the waterlines of these tiers meanwhile.")
        @Size(max = 16) List<WindowTier> tiers,

        @JsonPropertyDescription(
                "The Jobs that must succeed by the deadline. Their progress is told; nothing is done about it.")
        @Nullable Protect protect,

        @Pattern(PriorityWaterlineSpec.DURATION) @ValidationRule(value = "duration(self) >= duration('1s')", message = "deadline must be at least 1s")
        @JsonPropertyDescription(
                "So long after the start the protected Jobs must have succeeded. By default, the duration.")
        @Nullable String deadline) {

    public Window {
        timeZone = Objects.requireNonNullElse(timeZone, "UTC");
        lead = Objects.requireNonNullElse(lead, "0s");
        tiers = List.copyOf(Objects.requireNonNullElse(tiers, List.of()));
    }

    /**
     * The waterlines of one tier during a window. A signal that is not named keeps the spec's.
     *
     * @param name of a tier of the spec
     * @param waterlines at most one for each signal; they may be higher than the spec's
     */
    public record WindowTier(
            @Required @Size(max = 63) @JsonPropertyDescription("One of spec.tiers.")
            String name,

            @Required
            @JsonPropertyDescription(
                    "Levels at which the tier freezes and thaws meanwhile. They may be higher than the spec's.")
            @Size(min = 1, max = 8) List<WaterlineLevel> waterlines) {

        public WindowTier {
            waterlines = List.copyOf(Objects.requireNonNullElse(waterlines, List.of()));
        }
    }
}
