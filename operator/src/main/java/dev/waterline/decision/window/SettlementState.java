package dev.waterline.decision.window;

/** How the work that a window protects stands against its deadline. */
public enum SettlementState {
    /** No Job matches: nothing is promised, and nothing kept. */
    NoWork,
    /** At the pace observed, the work ends with a tenth of the time to spare. */
    OnTrack,
    /** It ends with less than that to spare, or stands still. */
    AtRisk,
    /** At the pace observed it ends too late, or a Job has failed for good. */
    Critical,
    /** Every Job succeeded before the deadline. Until then, a Job that is added opens the ledger again. */
    Met,
    /** The deadline has passed, and not every Job had succeeded. */
    Missed;

    boolean isPressing() {
        return this == AtRisk || this == Critical;
    }
}
