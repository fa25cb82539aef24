package dev.waterline.demo;

import dev.waterline.testbed.process.Deadline;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting, always with an end. */
final class Pace {
    private static final Duration POLL = Duration.ofMillis(100);

    private Pace() {}

    /** Returns whether the condition became true in time. */
    static boolean until(Duration within, BooleanSupplier condition) {
        return Deadline.after(within).await(POLL, condition);
    }

    /** How long it took until the condition was true, or all of the time if it never was. */
    static Duration stopwatch(Duration within, BooleanSupplier condition) {
        var deadline = Deadline.after(within);
        deadline.await(POLL, condition);
        return within.minus(deadline.left());
    }

    static void pause(Duration length) {
        until(length, () -> false);
    }
}
