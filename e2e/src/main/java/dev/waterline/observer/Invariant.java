package dev.waterline.observer;

/** What must hold at all times while Waterline runs. */
public enum Invariant {
    /** No foreign taint, label or annotation of a node changes in a write that changes ours. */
    FOREIGN_CONTENT_STAYS,
    /** No node carries our taint for long without a reason written beside it. */
    NO_TAINT_WITHOUT_REASON,
    /** No pod at or above the floor is denied. */
    PROTECTED_PODS_PASS,
    /** No pod below the floor lands once the freeze is acknowledged. */
    NO_LEAK,
    /** Writes stay within their budget. */
    WRITES_WITHIN_BUDGET
}
