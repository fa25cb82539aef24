package dev.waterline.decision.pressure;

import java.time.Duration;
import java.util.Optional;

/**
 * How one signal is read.
 *
 * @param name unique in its policy
 * @param halfLife of the smoothing; zero: raw
 * @param maxValid a ratio above this, or below 0, makes the signal invalid for the pass
 * @param resource whose utilisation it is; empty: no resource that pods request, so nothing is reserved
 * @param lag for so long a newly bound pod's usage is not yet visible in it
 */
public record Signal(String name, Duration halfLife, double maxValid, Optional<Resource> resource, Duration lag) {
    /** What pods request and nodes have. */
    public enum Resource {
        CPU,
        MEMORY
    }

    /** A signal for which nothing is reserved. */
    public Signal(String name, Duration halfLife, double maxValid) {
        this(name, halfLife, maxValid, Optional.empty(), Duration.ZERO);
    }
}
