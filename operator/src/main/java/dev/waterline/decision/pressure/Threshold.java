package dev.waterline.decision.pressure;

/**
 * A waterline in effect for a tier.
 *
 * @param signal which signal
 * @param freezeAbove ratio
 * @param thawBelow ratio
 * @param originTier the tier whose {@code freezeAbove} this is: the tier itself, or a higher one that is stricter
 * @param origin what set that tier's {@code freezeAbove}
 */
public record Threshold(String signal, double freezeAbove, double thawBelow, String originTier, Origin origin) {

    /** As the spec has it for a tier. */
    public Threshold(String signal, double freezeAbove, double thawBelow, String originTier) {
        this(signal, freezeAbove, thawBelow, originTier, Origin.SPEC);
    }

    /** Of each level the lower one. What is equal stays this one's own. */
    Threshold stricter(Threshold other) {
        var setter = freezeAbove <= other.freezeAbove ? this : other;
        return new Threshold(
                signal, setter.freezeAbove, Math.min(thawBelow, other.thawBelow), setter.originTier, setter.origin);
    }
}
