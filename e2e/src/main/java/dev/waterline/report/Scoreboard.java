package dev.waterline.report;

import dev.waterline.report.Paint.Tone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All promises of a run, by story, in the order in which they were made. */
public final class Scoreboard {
    private static final List<String> HEADINGS = List.of("What", "Promised", "Measured", "");

    private final Map<String, List<Promise>> promises = new LinkedHashMap<>();

    public void add(String story, List<Promise> made) {
        promises.computeIfAbsent(story, _ -> new ArrayList<>()).addAll(made);
    }

    /** Whether there was a promise, and none was broken. */
    public boolean allKept() {
        return !promises.isEmpty()
                && promises.values().stream().flatMap(List::stream).allMatch(Promise::kept);
    }

    /** The table, ready to print. */
    public List<String> lines(Paint paint) {
        int[] widths = widths();
        var lines = new ArrayList<String>();
        lines.add(row(widths, HEADINGS));
        promises.forEach((story, made) -> {
            lines.add("");
            lines.add(paint.of(Tone.TITLE, story));
            made.forEach(promise -> lines.add(row(widths, cells(promise)) + verdict(promise, paint)));
        });
        return lines;
    }

    private int[] widths() {
        int[] widths = HEADINGS.stream().mapToInt(String::length).toArray();
        promises.values().stream().flatMap(List::stream).map(Scoreboard::cells).forEach(cells -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], cells.get(i).length());
            }
        });
        return widths;
    }

    private static List<String> cells(Promise promise) {
        return List.of("  " + promise.what(), promise.promised(), promise.measured(), "");
    }

    private static String row(int[] widths, List<String> cells) {
        var row = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            row.append(cells.get(i)).append(" ".repeat(widths[i] - cells.get(i).length() + (widths[i] == 0 ? 0 : 3)));
        }
        return row.toString();
    }

    private static String verdict(Promise promise, Paint paint) {
        return promise.kept() ? paint.of(Tone.GOOD, "kept") : paint.of(Tone.BAD, "BROKEN");
    }
}
