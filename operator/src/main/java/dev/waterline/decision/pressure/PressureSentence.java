package dev.waterline.decision.pressure;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The one place where a decision becomes words, so that event, status, log and page say the same. */
public final class PressureSentence {
    private PressureSentence() {}

    public static String of(FreezeDecision decision) {
        return switch (decision) {
            case FreezeDecision.Freeze(String node, String tier, Evidence why) ->
                "Froze tier %s on node %s: %s".formatted(tier, node, of(why));
            case FreezeDecision.Thaw(String node, String tier, Evidence why) ->
                "Thawed tier %s on node %s: %s".formatted(tier, node, of(why));
        };
    }

    public static String of(Evidence why) {
        return switch (why) {
            case Evidence.Hot(Threshold threshold, double value, Duration dwell) ->
                "%s is at %s and has been at or above %s (%s) for %s"
                        .formatted(
                                threshold.signal(),
                                percent(value),
                                percent(threshold.freezeAbove()),
                                setBy(threshold),
                                duration(dwell));
            case Evidence.HotWithReserved(Threshold threshold, double value, double reserved, Duration dwell) ->
                "%s is at %s and, with %s reserved for pods that are bound and not yet measured, has been at or above %s (set by tier %s) for %s"
                        .formatted(
                                threshold.signal(),
                                percent(value),
                                percent(reserved),
                                percent(threshold.freezeAbove()),
                                threshold.originTier(),
                                duration(dwell));
            case Evidence.Panic(String signal, double value, double level) ->
                "%s is at %s, twice in a row at or above panicAbove %s"
                        .formatted(signal, percent(value), percent(level));
            case Evidence.HigherTier(String tier) -> "tier %s above it is frozen".formatted(tier);
            case Evidence.Restored() -> "it was frozen before the operator restarted";
            case Evidence.Cooled(Threshold threshold, double value, Duration dwell) ->
                "%s is at %s and has been below %s (%s) for %s, and the hold is over"
                        .formatted(
                                threshold.signal(),
                                percent(value),
                                percent(threshold.thawBelow()),
                                setBy(threshold),
                                duration(dwell));
            case Evidence.NeverSeen(String signal) ->
                "%s has no series for this node, and the hold is over".formatted(signal);
            case Evidence.OutageOver(String signal, Duration hold) ->
                "the source of %s has not answered for onOutage.hold %s".formatted(signal, duration(hold));
            case Evidence.NotSelected() -> "the policy does not select the node any more";
            case Evidence.NoWaterline() -> "the policy has no waterline for it any more";
            case Evidence.Ordered(String by) -> "annotation %s is set".formatted(by);
            case Evidence.Several(List<Evidence> all) ->
                all.stream().map(PressureSentence::of).collect(Collectors.joining("; and "));
        };
    }

    private static String setBy(Threshold threshold) {
        return "set by tier " + threshold.originTier() + of(threshold.origin());
    }

    private static String of(Origin origin) {
        return switch (origin) {
            case Origin.Spec() -> "";
            case Origin.Window(String name) -> " in window " + name;
            case Origin.Elastic(Origin from, double points) ->
                String.format(Locale.ROOT, "%s, moved by %+.1f points", of(from), points);
        };
    }

    private static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", ratio * 100);
    }

    private static String duration(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
