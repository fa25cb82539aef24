package dev.waterline.decision.scaling;

import java.util.Optional;

/**
 * What kept a count from being what the triggers ask for.
 *
 * @param wanted replicas before the limit
 * @param bound replicas after it
 * @param by who or what is behind it, as people would call it; empty: the spec
 */
public record Limit(Kind kind, int wanted, int bound, Optional<String> by) {
    Limit(Kind kind, int wanted, int bound) {
        this(kind, wanted, bound, Optional.empty());
    }

    /** Whether it comes from a stabilization window, and so may come and go with each swing of the load. */
    public boolean isStabilization() {
        return kind == Kind.ScaleUpStabilized || kind == Kind.ScaleDownStabilized;
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
