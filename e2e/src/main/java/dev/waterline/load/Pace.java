package dev.waterline.load;

import dev.waterline.testbed.process.Deadline;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting, always with an end. */
public final class Pace {
    private static final Duration POLL = Duration.ofMillis(100);

    private Pace() {}

    /** Returns whether the condition became true in time. */
    public static boolean until(Duration within, BooleanSupplier condition) {
        return Deadline.after(within).await(POLL, condition);
    }

    /** How long it took until the condition was true, or all of the time if it never was. */
    public static Duration stopwatch(Duration within, BooleanSupplier condition) {
        var deadline = Deadline.after(within);
        deadline.await(POLL, condition);
        return within.minus(deadline.left());
    }

    public static void pause(Duration length) {
        until(length, () -> false);
    }
}
