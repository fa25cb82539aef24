package dev.waterline.admission;

import java.util.Locale;

/** What the guard says to a Binding. */
sealed interface BindVerdict {

    /** The Binding may go on. */
    record Allowed(AllowReason reason) implements BindVerdict {}

    /**
     * The Binding is refused.
     *
     * @param sentence what the binder, and thus the pod's events, get to read
     */
    record Denied(DenyReason reason, String sentence) implements BindVerdict {}

    /** Why a Binding to a guarded node is allowed. */
    enum AllowReason {
        PRIORITY,
        OWN_NAMESPACE,
        DAEMON_SET,
        MIRROR,
        PINNED_VOLUME,
        /** The API server knows no such pod and will say so itself. */
        NO_SUCH_POD;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why a Binding is refused. */
    enum DenyReason {
        FLOOR,
        PROBE,
        /** The pod could not be looked up in time; the scheduler tries again, and the cache will know it then. */
        UNKNOWN;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
