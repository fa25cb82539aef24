package dev.waterline.api.v1alpha1;

/** Annotations that people set, and the one that the operator keeps on nodes. They never lie in Git, so they never drift. */
public final class WaterlineAnnotations {
    /** On either resource, {@code "true"}: keep what is, decide nothing. */
    public static final String PAUSED = "waterline.dev/paused";

    /** On a PriorityWaterline, {@code "true"}: thaw everything, unmetered, and stay out. */
    public static final String THAW_ALL = "waterline.dev/thaw-all";

    /** On a Node, written by the operator: versioned JSON that says why it is frozen, so that a restart can go on. */
    public static final String FREEZE = "waterline.dev/freeze";

    /**
     * On a Pod, written by the operator: versioned JSON with the CPU limits that the pod had before it was throttled, so that
     * they can be restored exactly.
     */
    public static final String THROTTLED = "waterline.dev/throttled";

    /** On the bind guard's configuration, written by the operator: {@code <namespace>/<lease>} of the one installation. */
    public static final String INSTALLATION = "waterline.dev/installation";

    /** On the bind guard's configuration, written by the operator: the key of the taints that it sets. */
    public static final String TAINT_KEY = "waterline.dev/taint-key";

    private WaterlineAnnotations() {}
}
