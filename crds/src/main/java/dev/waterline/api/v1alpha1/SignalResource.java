package dev.waterline.api.v1alpha1;

/** A resource of nodes, as Kubernetes names it. */
public enum SignalResource {
    cpu,
    memory
}
