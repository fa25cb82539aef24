package dev.waterline.decision.window;

/** How far one occurrence of a window has come. */
public enum Phase {
    Upcoming,
    /** In effect before its start, so that lower tiers drain. */
    Lead,
    Active,
    Over;

    public boolean isInEffect() {
        return this == Lead || this == Active;
    }
}
