package dev.waterline.demo;

import dev.waterline.load.Repeating;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lines, for pipes, logs and people who like them: each event, and the state every few seconds. */
final class PlainNarrator implements Narrator {
    private static final Duration SUMMARY_EVERY = Duration.ofSeconds(5);

    private final PrintStream out;
    private final Elapsed elapsed;
    private final Repeating ticker;
    private @Nullable Picture picture;
    private String last = "";

    PlainNarrator(PrintStream out, Elapsed elapsed) {
        this.out = out;
        this.elapsed = elapsed;
        this.ticker = Repeating.every(SUMMARY_EVERY, "summary", this::summarize);
    }

    @Override
    public synchronized void tell(String line) {
        out.println(elapsed.stamp() + " " + line);
        out.flush();
    }

    @Override
    public synchronized void show(Picture next) {
        picture = next;
        last = "";
        out.println();
        tell("=== " + next.title() + " ===");
    }

    synchronized void summarize() {
        if (picture != null) {
            var summary = picture.summary();
            if (!summary.equals(last)) {
                tell("    " + summary);
                last = summary;
            }
        }
    }

    @Override
    public synchronized void close() {
        ticker.close();
        picture = null;
    }
}
