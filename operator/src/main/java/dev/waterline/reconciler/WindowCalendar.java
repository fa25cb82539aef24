package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.Window;
import dev.waterline.calendar.InvalidScheduleException;
import dev.waterline.calendar.WindowSchedule;
import dev.waterline.decision.window.Occurrence;
import dev.waterline.decision.window.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Tells which windows are in effect: a function of the moment, so that a restart finds a window that is under way. */
final class WindowCalendar {
    private static final int KEPT = 1_000;

    private record Text(String schedule, String timeZone) {}

    private sealed interface Parsed {
        record Valid(WindowSchedule schedule) implements Parsed {}

        record Invalid(String problem) implements Parsed {}
    }

    private final ConcurrentHashMap<Text, Parsed> parsed = new ConcurrentHashMap<>();

    WindowsNow at(List<Window> windows, Instant now) {
        var moments = new ArrayList<WindowsNow.Moment>();
        var problems = new ArrayList<String>();
        var changes = new ArrayList<Instant>();
        for (int i = 0; i < windows.size(); i++) {
            var window = windows.get(i);
            switch (parse(window, now)) {
                case Parsed.Invalid(String problem) -> problems.add("spec.windows[%d].%s".formatted(i, problem));
                case Parsed.Valid(WindowSchedule schedule) ->
                    moment(window, schedule, now).ifPresent(moment -> {
                        moments.add(moment);
                        changes(moment, schedule.nextStart(now), now).forEach(changes::add);
                    });
            }
        }
        return new WindowsNow(
                List.copyOf(moments),
                List.copyOf(problems),
                changes.stream().filter(now::isBefore).min(Instant::compareTo));
    }

    /** When the protected Jobs of a window must have succeeded, counted from its start. */
    static Duration deadline(Window window) {
        return DurationText.parse(Objects.requireNonNullElse(window.deadline(), window.duration()));
    }

    private Parsed parse(Window window, Instant now) {
        if (parsed.size() > KEPT) {
            parsed.clear();
        }
        return parsed.computeIfAbsent(new Text(window.schedule(), window.timeZone()), text -> {
            try {
                return new Parsed.Valid(WindowSchedule.of(text.schedule(), text.timeZone(), now));
            } catch (InvalidScheduleException e) {
                return new Parsed.Invalid(String.valueOf(e.getMessage()));
            }
        });
    }

    private static Optional<WindowsNow.Moment> moment(Window window, WindowSchedule schedule, Instant now) {
        return Occurrence.at(
                        now,
                        schedule.latestStart(now),
                        schedule.nextStart(now),
                        DurationText.parse(window.lead()),
                        DurationText.parse(window.duration()))
                .map(occurrence -> new WindowsNow.Moment(window, occurrence, occurrence.phase(now)));
    }

    /** A window that is longer than its period begins anew before it has ended. */
    private static Stream<Instant> changes(WindowsNow.Moment moment, Optional<Instant> next, Instant now) {
        var occurrence = moment.occurrence();
        return Stream.concat(
                Stream.of(occurrence.phaseEnds(now), occurrence.start().plus(deadline(moment.window()))),
                moment.phase() == Phase.Active ? next.stream() : Stream.empty());
    }
}
