package dev.waterline.demo;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** The time since the demo began. */
final class Elapsed {
    private final LongSupplier nanoTime;
    private final long began;

    Elapsed(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    Duration time() {
        return Duration.ofNanos(nanoTime.getAsLong() - began);
    }

    /** As it stands before each line, such as {@code [ 12.3 s]}. */
    String stamp() {
        return String.format(Locale.ROOT, "[%5.1f s]", time().toMillis() / 1000.0);
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }
}
