package dev.waterline.admission;

/** What, besides its priority, decides whether a pod may land on a frozen node. */
public sealed interface PodTrait {
    /** Owned by a DaemonSet: made for its node. */
    record DaemonSetPod() implements PodTrait {}

    /** A static pod's image in the API: it runs already. */
    record MirrorPod() implements PodTrait {
        static final String ANNOTATION = "kubernetes.io/config.mirror";
    }

    /** A volume of it can be mounted on this node only. */
    record PinnedToNode(String node) implements PodTrait {}

    /** It claims volumes, and where they can be mounted has not been looked up. */
    record UnresolvedClaims() implements PodTrait {}
}
