package dev.waterline.admission;

import java.util.Optional;

/**
 * Somebody wants to bind a pod to a node.
 *
 * @param reviewUid names the review; the answer repeats it
 * @param podUid the pod that the binder has in mind, where it says so
 * @param dryRun whether the API server will not persist it
 */
record BindRequest(
        String reviewUid, String namespace, String pod, Optional<String> podUid, String node, boolean dryRun) {}
