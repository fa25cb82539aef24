package dev.waterline.decision.elastic;

/** What moves the shift at present. The names are those that status and metrics carry. */
public enum ElasticPhase {
    /** Nothing has been measured yet; the shift is what it was. */
    Waiting,
    /** The burn of the error budget. */
    Following,
    /** Nothing: the burn is unknown, and the shift is held. */
    Holding,
    /** The burn has been unknown for so long that the shift goes back to 0. */
    Returning,
    /**
     * The objective is missed although the lower tiers are all but gone: they are not the cause, and the shift goes back to 0.
     */
    NotTheCause
}
