package dev.waterline.admission;

import org.jspecify.annotations.Nullable;

/** The API server did not say in time what a pod is like. */
public final class PodLookupException extends Exception {
    private static final long serialVersionUID = 1L;

    public PodLookupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
