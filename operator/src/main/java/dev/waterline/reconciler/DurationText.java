package dev.waterline.reconciler;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads durations as the CRD's pattern allows them: {@code 90s}, {@code 1m30s}, {@code 500ms}. */
final class DurationText {
    private static final Pattern PART = Pattern.compile("([0-9]+)(ms|s|m|h)");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS);

    private DurationText() {}

    /** @throws IllegalArgumentException if the text is no duration, which the CRD's schema rules out */
    static Duration parse(String text) {
        if (!text.matches("(" + PART.pattern() + ")+")) {
            throw new IllegalArgumentException("'" + text + "' is not a duration such as 90s or 1m30s");
        }
        return PART.matcher(text)
                .results()
                .map(part -> Duration.of(Long.parseLong(part.group(1)), UNITS.get(part.group(2))))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
