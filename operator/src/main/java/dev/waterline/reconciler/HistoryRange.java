package dev.waterline.reconciler;

import dev.waterline.decision.pressure.Signal;
import dev.waterline.decision.pressure.Timing;
import dev.waterline.prometheus.PrometheusClient;
import java.time.Duration;
import java.time.Instant;

/**
 * How far back a signal is read when a process begins: over the longer dwell, and five half-lives more, after which the first
 * sample weighs 3 % in the average. One evaluation an interval, as the passes would have been, the last an interval ago: the
 * same moment read twice must not be two readings.
 *
 * <p>In a large cluster it is as much of that as the answer may hold. A shorter history delays a decision and changes none.
 */
record HistoryRange(Instant start, Instant end, Duration step) {
    private static final int HALF_LIVES = 5;

    /** More of them Prometheus refuses. */
    private static final int MOST_EVALUATIONS = 11_000;

    /** @param series how many are to be expected */
    static HistoryRange of(Timing timing, Signal signal, Duration interval, int series, Instant now) {
        var dwell = timing.freezeAfter().compareTo(timing.thawAfter()) > 0 ? timing.freezeAfter() : timing.thawAfter();
        var wanted = dwell.plus(signal.halfLife().multipliedBy(HALF_LIVES));
        long evaluations = Math.min(
                wanted.toMillis() / interval.toMillis() + 1,
                Math.min(MOST_EVALUATIONS, PrometheusClient.MAX_SAMPLES / Math.max(1, series)));
        var end = now.minus(interval);
        return new HistoryRange(end.minus(interval.multipliedBy(Math.max(1, evaluations) - 1)), end, interval);
    }
}
