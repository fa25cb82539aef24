package dev.waterline.decision.scaling;

import java.util.Optional;

/**
 * What kept a count from being what the triggers ask for.
 *
 * @param wanted replicas before the limit
 * @param bound replicas after it
 * @param by the waterline or annotation behind it; empty: the spec
 */
public record Limit(Kind kind, int wanted, int bound, Optional<String> by) {
    Limit(Kind kind, int wanted, int bound) {
        this(kind, wanted, bound, Optional.empty());
    }

    /** The names are the reasons that the condition carries. */
    public enum Kind {
        AtMin,
        AtMax,
        ScaleUpStabilized,
        ScaleDownStabilized,
        ScaleUpLimit,
        ScaleDownLimit,
        ScaleInPaused,
        ScaleOutPaused,
        NodesFrozen
    }
}
