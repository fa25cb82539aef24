package dev.waterline.demo;

import dev.waterline.load.Repeating;
import dev.waterline.report.Paint;
import dev.waterline.report.Paint.Tone;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Redraws the picture and the last lines on the terminal's second screen, and leaves all lines on the first one when it
 * closes, so that they can be scrolled and copied.
 */
final class LiveNarrator implements Narrator {
    private static final Duration REDRAW_EVERY = Duration.ofMillis(250);
    private static final int LINES_SHOWN = 9;
    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[2J";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintStream out;
    private final Elapsed elapsed;
    private final Paint paint;
    private final int columns;
    private final List<String> told = new ArrayList<>();
    private @Nullable Repeating redraw;
    private @Nullable Picture picture;

    LiveNarrator(PrintStream out, Elapsed elapsed, Terminal terminal) {
        this.out = out;
        this.elapsed = elapsed;
        this.paint = new Paint(terminal.colour());
        this.columns = terminal.columns();
    }

    @Override
    public synchronized void tell(String line) {
        var stamped = elapsed.stamp() + " " + line;
        if (picture == null) {
            out.println(stamped);
            out.flush();
        } else {
            told.add(stamped);
        }
    }

    @Override
    public synchronized void show(Picture next) {
        if (picture == null) {
            out.print(ENTER);
            redraw = Repeating.every(REDRAW_EVERY, "redraw", this::draw);
        }
        picture = next;
        tell("=== " + next.title() + " ===");
    }

    private synchronized void draw() {
        if (picture == null) {
            return;
        }
        var screen = new ArrayList<String>();
        screen.add(paint.of(Tone.TITLE, "Waterline demo · " + picture.title()) + "   " + elapsed.stamp());
        screen.add("");
        screen.addAll(picture.lines(paint));
        screen.add("");
        told.subList(Math.max(0, told.size() - LINES_SHOWN), told.size()).forEach(line -> screen.add(cut(line)));
        out.print(HOME + String.join(CLEAR_LINE + "\n", screen) + CLEAR_LINE + CLEAR_BELOW);
        out.flush();
    }

    private String cut(String line) {
        return line.length() < columns ? line : line.substring(0, columns - 2) + "…";
    }

    @Override
    public synchronized void close() {
        if (redraw != null) {
            redraw.close();
        }
        if (picture != null) {
            picture = null;
            out.print(LEAVE);
            told.forEach(out::println);
            out.flush();
        }
    }
}
