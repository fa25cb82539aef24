package dev.waterline.decision.pressure;

/**
 * A waterline in effect for a tier.
 *
 * @param signal which signal
 * @param freezeAbove ratio
 * @param thawBelow ratio
 * @param originTier the tier whose {@code freezeAbove} this is: the tier itself, or a higher one that is stricter
 */
public record Threshold(String signal, double freezeAbove, double thawBelow, String originTier) {}
