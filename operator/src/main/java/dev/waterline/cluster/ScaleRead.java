package dev.waterline.cluster;

/** What a look at a target's {@code /scale} has shown. */
public sealed interface ScaleRead {

    /**
     * @param replicas {@code spec.replicas}
     * @param resourceVersion of the target, for the write
     * @param selector of its pods, in text; may be empty
     */
    record Found(int replicas, String resourceVersion, String selector) implements ScaleRead {}

    /** There is no such object. */
    record NotFound() implements ScaleRead {}

    /** Objects of this kind have no {@code /scale}. */
    record NoScaleSubresource() implements ScaleRead {}

    /** The cluster does not know this kind in this version, or it is not namespaced. */
    record UnknownKind() implements ScaleRead {}

    /** The operator's role does not allow it. */
    record Forbidden() implements ScaleRead {}
}
