package dev.waterline.cluster;

/** What is kept of an object of the cluster instead of the object. */
interface Summary {
    /** Empty for cluster-scoped objects. */
    String namespace();

    String name();

    String uid();

    String resourceVersion();
}
