package dev.waterline.decision.pressure;

import java.util.Arrays;

/**
 * The past of a value, as far as it answers one kind of question for <em>any</em> level: when was the value last at or above
 * it (the highs), or last below it (the lows), and since when has it no longer been?
 *
 * <p>Only the samples that no later one outdoes can be the answer: a sample below a later one is never the last at or above
 * anything. So the highs keep the suffix maxima and the lows the suffix minima, a monotone stack from the oldest and most
 * extreme step to the newest sample. An edited threshold finds its answer there as exactly as in the samples themselves.
 *
 * <p>A value that moves one way for long makes a step a sample. From {@link #EXACT} steps on, a sample whose value lies in the
 * same interval of {@link #GRID} as the step before it moves that step up to its own time. A level on the grid is still
 * answered exactly. Between two of its lines the value is taken to have been by less than half a point further out for longer
 * than it was: the error delays a freeze or a thaw and never hastens one. So a staircase holds at most {@code EXACT} steps and
 * one for each interval that the value has crossed, whatever the dwell and the sampling interval are.
 *
 * <p>Steps from before the retention are dropped with the time from which on nothing has reached them.
 */
final class Staircase {
    static final int EXACT = 32;

    /** Half a point: thresholds in whole or half percent, and the steps of an elastic shift, lie on it. */
    static final double GRID = 0.005;

    private static final double LINES = 1 / GRID;

    /** So that a threshold that floating point puts just below its line is taken to lie on it. */
    private static final double ROUNDING = 1e-9;

    private static final int FIELDS = 3;

    private final boolean highs;
    private final long since;

    /** For each step when it was, when the sample after it was (nothing yet for the newest), and its value. */
    private final long[] steps;

    private Staircase(boolean highs, long since, long[] steps) {
        this.highs = highs;
        this.since = since;
        this.steps = steps;
    }

    static Staircase highs(double value, long at) {
        return new Staircase(true, at, new long[] {at, 0, Double.doubleToRawLongBits(value)});
    }

    static Staircase lows(double value, long at) {
        return new Staircase(false, at, new long[] {at, 0, Double.doubleToRawLongBits(value)});
    }

    /**
     * Adds a sample; one from before the newest counts as of the same time.
     *
     * @param edge nobody will ask for what was before it
     */
    Staircase with(double value, long sampledAt, long edge) {
        int size = size();
        long at = Math.max(sampledAt, at(size - 1));
        int kept = size;
        while (kept > 0 && !outdoes(value(kept - 1), value)) {
            kept--;
        }
        int first = 0;
        long from = since;
        // The newest step has no successor yet: it is this sample, so it never lies before the edge.
        while (first < Math.min(kept, size - 1) && next(first) <= edge) {
            from = next(first);
            first++;
        }
        boolean merges = kept - first >= EXACT && line(value(kept - 1)) == line(value);
        int height = kept - first + (merges ? 0 : 1);
        var grown = new long[height * FIELDS];
        System.arraycopy(steps, first * FIELDS, grown, 0, (kept - first) * FIELDS);
        if (kept == size) {
            grown[(kept - 1 - first) * FIELDS + 1] = at;
        }
        int top = (height - 1) * FIELDS;
        grown[top] = at;
        grown[top + 1] = 0;
        if (!merges) {
            grown[top + 2] = Double.doubleToRawLongBits(value);
        }
        return new Staircase(highs, from, grown);
    }

    /**
     * Since when every value has been below the level (the highs) or at or above it (the lows): the time of the first sample
     * that was; {@link Long#MAX_VALUE} if the newest is not.
     */
    long since(double level) {
        int last = lastReaching(level);
        if (last < 0) {
            return since;
        }
        return last == size() - 1 ? Long.MAX_VALUE : next(last);
    }

    /** When the value was last at or above the level (the highs) or below it (the lows); {@link Long#MIN_VALUE} if never. */
    long lastAt(double level) {
        int last = lastReaching(level);
        return last < 0 ? Long.MIN_VALUE : at(last);
    }

    int size() {
        return steps.length / FIELDS;
    }

    private int lastReaching(double level) {
        int step = size() - 1;
        while (step >= 0 && (highs ? value(step) < level : value(step) >= level)) {
            step--;
        }
        return step;
    }

    private boolean outdoes(double one, double other) {
        return highs ? one > other : one < other;
    }

    private static long line(double value) {
        return (long) Math.floor(value * LINES + ROUNDING);
    }

    private long at(int step) {
        return steps[step * FIELDS];
    }

    private long next(int step) {
        return steps[step * FIELDS + 1];
    }

    private double value(int step) {
        return Double.longBitsToDouble(steps[step * FIELDS + 2]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Staircase that
                && highs == that.highs
                && since == that.since
                && Arrays.equals(steps, that.steps);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(steps);
    }
}
