package dev.waterline.decision.scaling;

/**
 * What kept a count from being what the triggers ask for.
 *
 * @param wanted replicas before the limit
 * @param bound replicas after it
 */
public record Limit(Kind kind, int wanted, int bound) {
    /** The names are the reasons that the condition carries. */
    public enum Kind {
        AtMin,
        AtMax
    }
}
