package dev.waterline.decision.pressure;

/**
 * Where one tier freezes and thaws for one signal.
 *
 * @param signal which signal
 * @param freezeAbove ratio at or above which the tier freezes
 * @param thawBelow ratio below which it may thaw; lower than {@code freezeAbove}
 */
public record Waterline(String signal, double freezeAbove, double thawBelow) {
    public Waterline {
        if (!Double.isFinite(freezeAbove) || !Double.isFinite(thawBelow) || !(thawBelow < freezeAbove)) {
            throw new IllegalArgumentException(
                    "thawBelow (" + thawBelow + ") must be lower than freezeAbove (" + freezeAbove + "), both finite");
        }
    }

    Threshold threshold(String tier, Origin origin) {
        return new Threshold(signal, freezeAbove, thawBelow, tier, origin);
    }
}
