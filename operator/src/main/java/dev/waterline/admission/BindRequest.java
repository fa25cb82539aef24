package dev.waterline.admission;

import java.util.Optional;

/** Somebody wants a pod to land on a node. */
sealed interface BindRequest {

    /** Names the review; the answer repeats it. */
    String reviewUid();

    String namespace();

    /** The pod's name; of one that is being created it may be no more than how its name will begin. */
    String pod();

    String node();

    /** Whether the API server will not persist it. */
    boolean dryRun();

    /**
     * A pod that exists is bound.
     *
     * @param podUid the pod that the binder has in mind, where it says so
     */
    record Binding(String reviewUid, String namespace, String pod, Optional<String> podUid, String node, boolean dryRun)
            implements BindRequest {}

    /**
     * A pod is created with {@code spec.nodeName} set, and so is bound without scheduler and Binding.
     *
     * @param manifest what the request itself says of the pod
     */
    record Creation(String reviewUid, String namespace, String pod, String node, PodManifest manifest, boolean dryRun)
            implements BindRequest {}
}
