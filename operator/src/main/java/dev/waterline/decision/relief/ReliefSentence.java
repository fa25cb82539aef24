package dev.waterline.decision.relief;

import dev.waterline.decision.relief.ReliefDecision.Evicted;
import dev.waterline.decision.relief.ReliefDecision.EvictionRefused;
import dev.waterline.decision.relief.ReliefDecision.LeftAlone;
import dev.waterline.decision.relief.ReliefDecision.NoteDiscarded;
import dev.waterline.decision.relief.ReliefDecision.RestoreRefused;
import dev.waterline.decision.relief.ReliefDecision.Restored;
import dev.waterline.decision.relief.ReliefDecision.Subject;
import dev.waterline.decision.relief.ReliefDecision.ThrottleRefused;
import dev.waterline.decision.relief.ReliefDecision.Throttled;
import dev.waterline.decision.relief.ThrottleNote.Lowered;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The one place where relief becomes words, so that event, status and log say the same. */
public final class ReliefSentence {
    private ReliefSentence() {}

    public static String of(ReliefDecision decision) {
        return switch (decision) {
            case Throttled(Subject subject, var hot, int percent, Map<String, Lowered> containers) ->
                "Throttled %s to %d %% of its CPU limits (%s): %s"
                        .formatted(
                                pod(subject),
                                percent,
                                limits(containers, true),
                                hot.map(ReliefSentence::of).orElse("that was begun before the operator restarted"));
            case Restored(Subject subject, Map<String, Lowered> containers) ->
                "Restored the CPU limits of %s (%s)".formatted(pod(subject), limits(containers, false));
            case LeftAlone(Subject subject, var containers) ->
                "Stopped throttling %s: somebody else has set the CPU limit of container %s meanwhile, and that stays"
                        .formatted(pod(subject), String.join(", ", new TreeSet<>(containers)));
            case ThrottleRefused(Subject subject, String answer) ->
                "Could not throttle %s: the API server said: %s".formatted(pod(subject), answer);
            case RestoreRefused(Subject subject, String answer) ->
                "Could not restore the CPU limits of %s, and tries again: the API server said: %s"
                        .formatted(pod(subject), answer);
            case NoteDiscarded(Subject subject) ->
                "Removed the annotation waterline.dev/throttled of %s, which says nothing that can be restored: check its CPU"
                                .formatted(pod(subject))
                        + " limits against its owner's template";
            case Evicted(Subject subject, Observation hot, long usage, long request, long gap) ->
                "Evicted %s, which used %s of CPU for a request of %s, with %s to be released: %s"
                        .formatted(pod(subject), cpu(usage), cpu(request), cpu(gap), of(hot));
            case EvictionRefused(Subject subject, Observation hot, boolean byBudget, String answer) ->
                "Could not evict %s: %s: %s; it was to go because %s"
                        .formatted(
                                pod(subject),
                                byBudget ? "its PodDisruptionBudget holds" : "the API server refused",
                                answer,
                                of(hot));
        };
    }

    /** Such as {@code cpu is at 94.2 % and has been at or above 93.0 % for 3m (sample of 2026-11-25T04:05:06Z)}. */
    public static String of(Observation hot) {
        return "%s is at %s and has been at or above %s for %s (sample of %s)"
                .formatted(
                        hot.signal(),
                        percent(hot.ratio()),
                        percent(hot.above()),
                        duration(hot.dwell()),
                        hot.sampledAt().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String pod(Subject subject) {
        return "pod %s (tier %s) on node %s".formatted(subject.fullName(), subject.tier(), subject.node());
    }

    private static String limits(Map<String, Lowered> containers, boolean lowering) {
        return new TreeMap<>(containers)
                .entrySet().stream()
                        .map(entry -> "%s %s to %s"
                                .formatted(
                                        entry.getKey(),
                                        text(entry.getValue(), !lowering),
                                        text(entry.getValue(), lowering)))
                        .collect(Collectors.joining(", "));
    }

    private static String text(Lowered lowered, boolean target) {
        return (target ? lowered.target() : lowered.original()).text();
    }

    private static String cpu(long millis) {
        return millis + "m";
    }

    private static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", ratio * 100);
    }

    private static String duration(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
