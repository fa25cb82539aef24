package dev.waterline.leadership;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** A write was stopped before it left the process, because the lease is no longer surely ours. Nothing was changed. */
public final class FenceExpiredException extends KubernetesClientException {
    private static final long serialVersionUID = 1L;

    FenceExpiredException(String message) {
        super(message);
    }
}
