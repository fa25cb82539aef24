package dev.waterline.demo;

import dev.waterline.report.Paint;
import dev.waterline.report.Promise;
import dev.waterline.report.Scoreboard;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** All stories, one after the other, and the table at the end. */
final class Performance {
    private static final Duration WITHIN = Duration.ofMinutes(6);

    private final List<Story> stories;
    private final Elapsed elapsed;

    Performance(List<Story> stories, Elapsed elapsed) {
        this.stories = stories;
        this.elapsed = elapsed;
    }

    /** Returns whether all promises were kept; if not, or if a story could not go on, the logs stay. */
    boolean give(Stage stage, Narrator narrator, Paint paint, PrintStream out) {
        boolean kept = false;
        try {
            var board = played(stage, narrator);
            kept = board.allKept();
            narrator.close();
            out.println();
            board.lines(paint).forEach(out::println);
            out.println();
            out.println(kept ? "All promises were kept." : "A promise was broken. " + load());
            out.println();
            return kept;
        } finally {
            if (!kept) {
                stage.keepLogs();
                narrator.tell("Logs: " + stage.operatorLog().getParent());
            }
        }
    }

    private Scoreboard played(Stage stage, Narrator narrator) {
        var began = elapsed.time();
        var board = new Scoreboard();
        for (var story : stories) {
            board.add(story.title(), story.play(stage, narrator));
        }
        var took = elapsed.time().minus(began);
        board.add(
                "The play",
                List.of(new Promise(
                        "from the first scene to the last",
                        "< " + WITHIN.toMinutes() + " min",
                        Elapsed.seconds(took),
                        took.compareTo(WITHIN) < 0)));
        return board;
    }

    /** Whoever reads a broken time wants to know what else the machine had to do. */
    private static String load() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "The load of this machine: %.1f on %d cores.",
                system.getSystemLoadAverage(),
                system.getAvailableProcessors());
    }
}
