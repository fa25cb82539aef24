package dev.waterline.comparison;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The filter of Koordinator's LoadAwareScheduling: no state of its own. Once a minute the node's agent reports the mean of the
 * last five minutes; a node whose mean, in whole percent, is above the threshold is filtered out until the next report.
 */
final class KoordinatorLoadAware implements Machine {
    private static final int REPORT = 6;
    private static final int AGGREGATE = 30;

    private final int thresholdPercent;
    private final Deque<Double> window = new ArrayDeque<>();
    private int sinceReport;
    private boolean filtered;

    KoordinatorLoadAware(int thresholdPercent) {
        this.thresholdPercent = thresholdPercent;
    }

    @Override
    public boolean next(double ratio) {
        window.addLast(ratio);
        if (window.size() > AGGREGATE) {
            window.removeFirst();
        }
        if (++sinceReport == REPORT) {
            sinceReport = 0;
            double mean =
                    window.stream().mapToDouble(sample -> sample).average().orElseThrow();
            filtered = Math.round(mean * 100) > thresholdPercent;
        }
        return filtered;
    }
}
