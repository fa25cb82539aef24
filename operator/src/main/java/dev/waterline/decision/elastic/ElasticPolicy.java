package dev.waterline.decision.elastic;

/**
 * What a service level objective may do to the thresholds.
 *
 * @param objective share of good events that is aimed at, above 0 and below 1
 * @param minEvents fewer events in a window say nothing; above 0
 * @param minShift points, 0 or less: thresholds never fall further
 * @param maxShift points, 0 or more: thresholds never rise further
 */
public record ElasticPolicy(double objective, double minEvents, double minShift, double maxShift) {
    public ElasticPolicy {
        if (!(objective > 0 && objective < 1)) {
            throw new IllegalArgumentException("objective must be above 0 and below 1, not " + objective);
        }
        if (!(minEvents > 0) || !Double.isFinite(minEvents)) {
            throw new IllegalArgumentException("minEvents must be finite and above 0, not " + minEvents);
        }
        if (!(minShift <= 0 && maxShift >= 0) || !Double.isFinite(minShift) || !Double.isFinite(maxShift)) {
            throw new IllegalArgumentException(
                    "the shift must reach from 0 or below to 0 or above, not from " + minShift + " to " + maxShift);
        }
    }

    double limited(double shift) {
        return Math.clamp(shift, minShift, maxShift);
    }
}
