package dev.waterline.decision.override;

import dev.waterline.decision.pressure.Ladder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the text of an override: {@code <priority or PriorityClass>;until=<RFC 3339>} to freeze, {@code until=<RFC 3339>} to thaw.
 * An end is required, so that nobody's order outlives its reason unnoticed.
 */
public final class OverrideText {
    private static final String FREEZE_EXAMPLE = "1000;until=2026-07-01T18:00:00Z";
    private static final String THAW_EXAMPLE = "until=2026-07-01T18:00:00Z";
    private static final String END = "until=";
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");
    private static final int QUOTED = 80;

    private OverrideText() {}

    /** What a text says at one moment. */
    public sealed interface Meaning {
        /** It is in force. */
        record InForce(NodeOverride override) implements Meaning {}

        /** Its end has passed. */
        record Over(Instant until) implements Meaning {}

        /**
         * It cannot be followed.
         *
         * @param sentence what is wrong and what to write instead
         */
        record Refused(String sentence) implements Meaning {}
    }

    /** @param classes the value of a PriorityClass by its name; empty: there is no such class */
    public static Meaning freeze(String text, Function<String, OptionalInt> classes, Instant now) {
        int end = text.indexOf(';');
        if (end < 0) {
            return refused(text, "names no end", FREEZE_EXAMPLE);
        }
        var floor = text.substring(0, end).strip();
        var until = until(text.substring(end + 1));
        if (until.isEmpty()) {
            return refused(text, "has no until=<RFC 3339> after the semicolon", FREEZE_EXAMPLE);
        }
        var priority = NUMBER.matcher(floor).matches()
                ? Optional.of(Long.parseLong(floor))
                : classes.apply(floor).stream().mapToObj(value -> (long) value).findFirst();
        if (priority.isEmpty()) {
            return refused(text, "names a PriorityClass that does not exist", FREEZE_EXAMPLE);
        }
        if (priority.get() < 0 || priority.get() > Ladder.ABOVE_EVERY_USER_PRIORITY) {
            return refused(
                    text,
                    "asks for floor " + priority.get() + ", which is not from 0 to " + Ladder.ABOVE_EVERY_USER_PRIORITY,
                    FREEZE_EXAMPLE);
        }
        return meaning(new NodeOverride.Freeze(priority.get().intValue(), until.get()), now);
    }

    public static Meaning thaw(String text, Instant now) {
        return until(text)
                .map(until -> meaning(new NodeOverride.Thaw(until), now))
                .orElseGet(() -> refused(text, "has no until=<RFC 3339>", THAW_EXAMPLE));
    }

    private static Meaning meaning(NodeOverride override, Instant now) {
        return now.isBefore(override.until()) ? new Meaning.InForce(override) : new Meaning.Over(override.until());
    }

    private static Optional<Instant> until(String text) {
        var stripped = text.strip();
        if (!stripped.startsWith(END)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(stripped.substring(END.length()).strip()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Meaning refused(String text, String problem, String example) {
        var quoted = text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "…";
        return new Meaning.Refused("'%s' %s; write for example %s".formatted(quoted, problem, example));
    }
}
