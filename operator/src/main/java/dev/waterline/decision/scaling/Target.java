package dev.waterline.decision.scaling;

/**
 * What a trigger aims at. A number outside its range is an IllegalArgumentException.
 *
 * @param measure how value and threshold relate
 * @param threshold above 0, finite; in the unit of the value
 * @param activationThreshold the trigger is active while its value is above this; finite
 */
public record Target(Measure measure, double threshold, double activationThreshold) {
    public Target {
        if (!(threshold > 0) || !Double.isFinite(threshold)) {
            throw new IllegalArgumentException("threshold must be a number above 0, not " + threshold);
        }
        if (!Double.isFinite(activationThreshold)) {
            throw new IllegalArgumentException("activationThreshold must be a number, not " + activationThreshold);
        }
    }

    /** How value and threshold relate, as in HPA's external metrics. */
    public enum Measure {
        /** The threshold is what one replica should bear. */
        AVERAGE_VALUE,
        /** The threshold is what the value itself should come to. */
        VALUE
    }
}
