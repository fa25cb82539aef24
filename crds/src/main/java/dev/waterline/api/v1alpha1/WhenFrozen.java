package dev.waterline.api.v1alpha1;

/** What becomes of a scale-up while the target's tier is frozen on every node that its pods could use. */
public enum WhenFrozen {
    /** The count waits. */
    Hold,
    /** The count goes up, and the pods wait. */
    Ignore
}
